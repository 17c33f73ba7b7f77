import { roles } from '#domain/shared/facts.js';
import { charterOperations } from './charter-operations.js';
import { complaintOperations } from './complaint-operations.js';
import { complianceOperations } from './compliance-operations.js';
import { contestOperations } from './contest-operations.js';
import { erasureOperations } from './erasure-operations.js';
import { letterOperations } from './letter-operations.js';
import { ASKS, CREATES, group, IF_MATCH, type Operation, type Who } from './operation.js';
import { paperOperations } from './paper-operations.js';
import { registerOperations } from './register-operations.js';
import { reportOperations } from './report-operations.js';
import { retentionOperations } from './retention-operations.js';
import { rightsOperations } from './rights-operations.js';
import { subscriberOperations } from './subscriber-operations.js';

const ANYONE: Who = roles;

const GOVERN: Who = ['Administrator', 'Director', 'President'];
const LEAD: Who = ['Director', 'SupportLead'];
const TEAM: Who = ['Director', 'SupportLead', 'Technician'];
/** The member's no must always find somebody who may write it down. */
const STOP: Who = ['Director', 'President', 'SupportLead', 'Technician'];
const READERS: Who = ['Director', 'President', 'SupportLead', 'Technician', 'Auditor'];
const REVIEWERS: Who = ['Director', 'President', 'SupportLead', 'Auditor'];
const VERIFIERS: Who = ['Director', 'President', 'Auditor'];
const COLLEAGUES: Who = ['Administrator', 'Director', 'President', 'SupportLead', 'Technician', 'Auditor'];

const calendar = group('Calendar');
const staff = group('Staff');
const token = group('Tokens');
const member = group('Members');
const request = group('Requests');
const session = group('Sessions');
const consent = group('Consent');
const journal = group('Journal');
const overview = group('Overview');
const service = group('Service');

/** The whole API and who may what: roles × operations. The guard reads this table and nothing else; tests try every cell. */
export const operations = {
  ...charterOperations,

  declareClosure: calendar(
    'POST',
    '/closures',
    ['Administrator', 'Director', 'President', 'SupportLead'],
    'Declare days on which the association is closed',
    CREATES,
  ),
  withdrawClosure: calendar(
    'POST',
    '/closures/:closureId/withdraw',
    ['Administrator', 'Director', 'President', 'SupportLead'],
    'Withdraw a closure',
  ),
  listClosures: calendar('GET', '/closures', ANYONE, 'Declared closures'),

  registerStaff: staff('POST', '/staff', GOVERN, 'Register a person of the association', CREATES),
  appointOfficeHolder: staff('POST', '/staff/:staffId/offices', GOVERN, 'Appoint to an office'),
  dismissOfficeHolder: staff('POST', '/staff/:staffId/offices/dismiss', GOVERN, 'End an office'),
  authoriseTechnician: staff('POST', '/staff/:staffId/habilitation', GOVERN, 'Authorise as technician'),
  revokeTechnician: staff('POST', '/staff/:staffId/habilitation/revoke', GOVERN, 'Revoke the habilitation'),
  signUndertaking: staff(
    'POST',
    '/staff/:staffId/undertaking',
    ['Administrator', 'Director', 'President', 'SupportLead'],
    'Record a signed undertaking of confidentiality',
  ),
  recordSkill: staff(
    'POST',
    '/staff/:staffId/skills',
    ['Administrator', 'Director', 'President', 'SupportLead'],
    'Record a skill in specialised software',
  ),
  listStaff: staff('GET', '/staff', COLLEAGUES, 'People of the association with their papers'),
  getStaff: staff('GET', '/staff/:staffId', COLLEAGUES, 'One person of the association'),

  issueToken: token('POST', '/tokens', ['Administrator'], 'Issue an access token; it is shown once', CREATES),
  revokeToken: token('POST', '/tokens/:tokenId/revoke', ['Administrator'], 'Revoke a token at once'),
  listTokens: token('GET', '/tokens', ['Administrator'], 'Tokens, without their secret'),
  whoAmI: token('GET', '/me', ANYONE, 'The person and roles of the token used'),

  registerMember: member('POST', '/members', LEAD, 'Register a member', CREATES),
  correctMember: member('POST', '/members/:memberId/identity', LEAD, 'Correct a member’s identity', IF_MATCH),
  lapseMembership: member('POST', '/members/:memberId/membership/lapse', LEAD, 'Record that the membership lapsed'),
  renewMembership: member('POST', '/members/:memberId/membership/renew', LEAD, 'Record a renewal'),
  leaveAssociation: member('POST', '/members/:memberId/leave', LEAD, 'Record that the member left'),
  recordRepresentative: member('POST', '/members/:memberId/representatives', LEAD, 'Record a representative', CREATES),
  unsubscribe: member('POST', '/members/:memberId/unsubscribe', STOP, 'The member wants no more support'),
  resubscribe: member('POST', '/members/:memberId/resubscribe', TEAM, 'The member wants support again'),
  listMembers: member('GET', '/members', READERS, 'Members'),
  searchMembers: member('POST', '/members/search', READERS, 'Find members by name, number or telephone', ASKS),
  getMember: member('GET', '/members/:memberId', READERS, 'A member’s file; needs a purpose and is recorded'),

  requestSupport: request('POST', '/requests', TEAM, 'Record a request for support', CREATES),
  qualifyRequest: request('POST', '/requests/:requestId/qualification', LEAD, 'Qualify a request'),
  requalifyAsAdvice: request('POST', '/requests/:requestId/advice', LEAD, 'Take a request for content as advice'),
  declineRequest: request('POST', '/requests/:requestId/decline', LEAD, 'Decline a request'),
  declareNoGoZones: request('POST', '/requests/:requestId/no-go-zones', TEAM, 'Folders and data not to touch'),
  agreeExceptionalSlot: request('POST', '/requests/:requestId/exceptional-slot', LEAD, 'Agree to a slot out of hours'),
  bookAppointment: request('POST', '/requests/:requestId/appointments', LEAD, 'Book an appointment', CREATES),
  moveAppointment: request(
    'POST',
    '/requests/:requestId/appointments/:sessionId/move',
    LEAD,
    'Move an appointment: a new session, hence a new consent',
    CREATES,
  ),
  cancelAppointment: request(
    'POST',
    '/requests/:requestId/appointments/:sessionId/cancel',
    TEAM,
    'Cancel an appointment',
  ),
  advisePreparation: request(
    'POST',
    '/requests/:requestId/appointments/:sessionId/preparation',
    TEAM,
    'Record that the preparation advice was sent',
  ),
  closeRequest: request('POST', '/requests/:requestId/close', LEAD, 'Close a request'),
  listRequests: request('GET', '/requests', READERS, 'Requests, without what they say'),
  getRequest: request('GET', '/requests/:requestId', READERS, 'A request; needs a purpose and is recorded'),
  listAppointments: request('GET', '/appointments', READERS, 'Appointments'),

  giveConsent: consent('POST', '/sessions/:sessionId/consent', TEAM, 'Record the member’s consent to this session'),
  refuseConsent: consent('POST', '/sessions/:sessionId/consent/refuse', STOP, 'Record a refusal'),
  withdrawConsent: consent(
    'POST',
    '/sessions/:sessionId/consent/withdraw',
    STOP,
    'Record a withdrawal; ends the session',
  ),
  answerPreparation: consent('POST', '/sessions/:sessionId/preparation', TEAM, 'Record the preparation check-list'),
  listConsents: consent('GET', '/consents', READERS, 'Consents'),
  getConsent: consent('GET', '/consents/:sessionId', READERS, 'A session’s consent; needs a purpose and is recorded'),

  startSession: session('POST', '/sessions/:sessionId/start', TEAM, 'Start a session'),
  recordAfterwards: session(
    'POST',
    '/sessions',
    TEAM,
    'Record a session that took place without the software',
    CREATES,
  ),
  recordBookedAfterwards: session(
    'POST',
    '/sessions/:sessionId/record-afterwards',
    TEAM,
    'Record afterwards a session that had been booked',
  ),
  pauseSession: session('POST', '/sessions/:sessionId/pause', TEAM, 'Pause'),
  resumeSession: session('POST', '/sessions/:sessionId/resume', TEAM, 'Resume after a pause'),
  attestPresence: session('POST', '/sessions/:sessionId/presence', TEAM, 'Attest that the member is present'),
  reportPresenceLost: session('POST', '/sessions/:sessionId/presence/lost', TEAM, 'The member is gone: pauses'),
  agreeExtension: session('POST', '/sessions/:sessionId/extension', TEAM, 'Agree to more minutes, before time is up'),
  stopSession: session('POST', '/sessions/:sessionId/stop', STOP, 'STOP of the member: any moment, no reason'),
  interruptSession: session('POST', '/sessions/:sessionId/interrupt', TEAM, 'Interrupt, with a reason'),
  endSession: session('POST', '/sessions/:sessionId/end', TEAM, 'End the remote control'),
  closeSession: session('POST', '/sessions/:sessionId/close', TEAM, 'Close the journal entry'),

  recordStateBefore: journal('POST', '/sessions/:sessionId/state-before', TEAM, 'State before the session'),
  recordStateAfter: journal('POST', '/sessions/:sessionId/state-after', TEAM, 'State after the session'),
  recordBackupAdvice: journal(
    'POST',
    '/sessions/:sessionId/backup-advice',
    TEAM,
    'Backup advice shown, and the answer',
  ),
  recordAction: journal('POST', '/sessions/:sessionId/actions', TEAM, 'Record an action'),
  stateNoAction: journal('POST', '/sessions/:sessionId/no-action', TEAM, 'State that nothing was done'),
  recordDiagnosis: journal('POST', '/sessions/:sessionId/diagnoses', TEAM, 'Record a diagnosis'),
  logQuestion: journal('POST', '/sessions/:sessionId/questions', TEAM, 'Log a question of the member'),
  recordExplanation: journal('POST', '/sessions/:sessionId/explanations', TEAM, 'Record an explanation given'),
  recordCredential: journal(
    'POST',
    '/sessions/:sessionId/credentials',
    TEAM,
    'A temporary access was used; never its value',
  ),
  confirmCredential: journal(
    'POST',
    '/sessions/:sessionId/credentials/:credentialId/changed',
    TEAM,
    'The temporary password was changed',
  ),
  confirmAccountRemoved: journal(
    'POST',
    '/sessions/:sessionId/credentials/:credentialId/removed',
    TEAM,
    'The temporary account was removed',
  ),
  recordRecommendations: journal('POST', '/sessions/:sessionId/recommendations', TEAM, 'Recommendations, or none'),
  askFollowUp: journal('POST', '/sessions/:sessionId/follow-up', TEAM, 'Follow-up questions were sent'),
  answerFollowUp: journal('POST', '/sessions/:sessionId/follow-up/answer', TEAM, 'The member’s answers'),
  reviewDeviation: journal(
    'POST',
    '/sessions/:sessionId/deviations/:deviationId/review',
    ['Director', 'President', 'SupportLead'],
    'Comment a deviation',
  ),
  correctJournal: journal('POST', '/sessions/:sessionId/corrections', TEAM, 'Correct an entry; both stay', IF_MATCH),
  listJournal: journal('GET', '/journal', READERS, 'The support journal, without what entries say'),
  searchJournal: journal(
    'POST',
    '/journal/search',
    READERS,
    'Find journal entries by words; needs a purpose and is recorded',
    ASKS,
  ),
  getJournalEntry: journal('GET', '/journal/:sessionId', READERS, 'A journal entry; needs a purpose and is recorded'),
  getTimeline: journal('GET', '/sessions/:sessionId/timeline', READERS, 'A session event by event; needs a purpose'),

  ...contestOperations,

  ...rightsOperations,

  ...reportOperations,

  ...complianceOperations,

  ...complaintOperations,

  ...letterOperations,
  ...paperOperations,

  ...erasureOperations,

  ...retentionOperations,

  ...registerOperations,
  ...subscriberOperations,

  workQueue: overview('GET', '/work', STOP, 'What waits for somebody today'),
  liveBoard: overview('GET', '/board', TEAM, 'Sessions under way, with their timers'),
  compliance: overview('GET', '/compliance', REVIEWERS, 'Deviations per code and per article'),
  listDeviations: overview('GET', '/deviations', REVIEWERS, 'Deviations one by one'),
  listAccesses: overview('GET', '/accesses', VERIFIERS, 'Who consulted which file, and why'),
  replayStream: overview('GET', '/streams/:stream', VERIFIERS, 'Replay one stream, at any date'),

  moveClock: service('PUT', '/simulation/clock', ['Administrator'], 'Move the simulated clock forward'),
  readClock: service('GET', '/simulation/clock', ANYONE, 'The simulated time'),
  live: service('GET', '/health/live', 'public', 'The process answers'),
  ready: service('GET', '/health/ready', 'public', 'Stores answer and views keep up'),
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;
export const operation = (name: OperationName): Operation => operations[name];
export const operationNames = Object.keys(operations) as readonly OperationName[];
