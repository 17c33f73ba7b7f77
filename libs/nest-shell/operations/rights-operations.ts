import { ASKS, CREATES, group, LONG, type Operation, type Who } from './operation.js';

/** Whoever hears a member may write down that a right is exercised. */
const HEARS: Who = ['Director', 'President', 'SupportLead', 'Technician'];
/** A delegate of the Director comes with one of these roles; the decision itself asks for the dated delegation (4.3). */
const CASES: Who = ['Director', 'President', 'SupportLead'];
const REVIEWERS: Who = ['Director', 'President', 'SupportLead', 'Auditor'];
const DECIDERS: Who = ['Director', 'President'];

const rights = group('Rights');
const holds = group('Holds');
const restriction = group('Restriction');
const strikeOut = group('Striking out');
const exported = group('Exports');

/** Rights of members (GDPR 15–21), holds, restriction, striking out, exports (charter 4.3, 8.1, 3.3). */
export const rightsOperations = {
  receiveRights: rights('POST', '/rights', HEARS, 'Record that a member exercises a right', CREATES),
  checkIdentity: rights('POST', '/rights/:rightsId/identity', CASES, 'Record how the person was recognised'),
  extendRights: rights('POST', '/rights/:rightsId/extension', CASES, 'Take two more months, with reasons'),
  decideRights: rights('POST', '/rights/:rightsId/decision', CASES, 'Decide; for an erasure, cell by cell', LONG),
  sendRightsAnswer: rights('POST', '/rights/:rightsId/answer', CASES, 'Record that the answer left'),
  withdrawRights: rights('POST', '/rights/:rightsId/withdraw', CASES, 'The member no longer asks'),
  closeRights: rights('POST', '/rights/:rightsId/close', CASES, 'Close an answered case'),
  listRights: rights('GET', '/rights', REVIEWERS, 'Cases with their clocks, without what was said'),
  getRights: rights('GET', '/rights/:rightsId', REVIEWERS, 'A case; needs a purpose and is recorded'),
  rightsGrid: rights('GET', '/rights/:rightsId/grid', REVIEWERS, 'What there is to decide on, cell by cell'),
  extensionLetter: rights(
    'GET',
    '/rights/:rightsId/extension-letter',
    REVIEWERS,
    'What the member is told of an extension; needs a purpose and is recorded',
  ),
  rightsAnswer: rights(
    'GET',
    '/rights/:rightsId/answer',
    REVIEWERS,
    'The answer to the member as decided; needs a purpose and is recorded',
  ),
  previewAnswer: rights(
    'POST',
    '/rights/:rightsId/answer-preview',
    CASES,
    'The answer that a decision would give, before it is made; recorded',
    { ...ASKS, ...LONG },
  ),

  placeHold: holds('POST', '/members/:memberId/holds', DECIDERS, 'Hold cells of a member', CREATES),
  reviewHold: holds('POST', '/members/:memberId/holds/:holdId/review', DECIDERS, 'A hold was looked at and goes on'),
  releaseHold: holds('POST', '/members/:memberId/holds/:holdId/release', DECIDERS, 'End a hold'),
  listHolds: holds('GET', '/holds', REVIEWERS, 'Holds, next review first, without their notes'),
  holdsOfMember: holds(
    'GET',
    '/members/:memberId/holds',
    REVIEWERS,
    'The holds of a member with their notes; needs a purpose and is recorded',
  ),

  restrictProcessing: restriction('POST', '/members/:memberId/restriction', CASES, 'Keep a member’s data without use'),
  announceRestrictionLift: restriction(
    'POST',
    '/members/:memberId/restriction/announcement',
    CASES,
    'The member was told that the restriction is going to end',
  ),
  liftRestriction: restriction(
    'POST',
    '/members/:memberId/restriction/lift',
    CASES,
    'End a restriction, once announced',
  ),

  requestStrikeOut: strikeOut(
    'POST',
    '/sessions/:sessionId/strike-outs',
    HEARS,
    'Report a text that holds what may not be kept',
    CREATES,
  ),
  decideStrikeOut: strikeOut(
    'POST',
    '/sessions/:sessionId/strike-outs/:strikeOutId/decision',
    DECIDERS,
    'Have a reported text struck out, or not',
  ),
  reportRequestText: strikeOut(
    'POST',
    '/requests/:requestId/strike-outs',
    HEARS,
    'Report a text of a request that holds what may not be kept',
    CREATES,
  ),
  decideRequestStrikeOut: strikeOut(
    'POST',
    '/requests/:requestId/strike-outs/:strikeOutId/decision',
    DECIDERS,
    'Have a reported text of a request struck out, or not',
  ),
  listStrikeOuts: strikeOut('GET', '/strike-outs', REVIEWERS, 'Reported texts, longest waiting first; none is shown'),

  issueExport: exported(
    'POST',
    '/members/:memberId/exports',
    CASES,
    'Put together everything held on a member',
    CREATES,
  ),
  listExports: exported('GET', '/exports', REVIEWERS, 'Copies issued, latest first'),
  getExport: exported('GET', '/exports/:exportId', CASES, 'A copy, as JSON, as a page or its schema; is recorded'),
} as const satisfies Readonly<Record<string, Operation>>;
