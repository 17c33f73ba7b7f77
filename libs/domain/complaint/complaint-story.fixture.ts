import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { event } from '#kernel/define-event.js';
import { type Instant, type LocalDate, toInstant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { fallbackParameters } from '../charter/parameters.js';
import { type ClockSettings, defaultClockSettings } from '../deadlines/clocks.js';
import type { Role } from '../shared/facts.js';
import type { CloseComplaint, FileComplaint, ProposeSettlement, QualifyComplaint, ReferComplaint } from './commands.js';
import { complaint } from './complaint.js';
import type { ComplaintEvent } from './events.js';
import { InvestigationOpened, SettlementAccepted, SettlementDeclined, SettlementProposed } from './events-course.js';
import type { ComplaintFacts, SessionConcerned } from './facts.js';

/** What the specifications of complaints share: a session of Friday 5 June 2026, complained of on the Monday after. */

export const at = (text: string) => toInstant(text) as Instant;
export const day = (text: string) => text as LocalDate;
export const now = at('2026-06-08T10:00:00+02:00');
export const session: SessionConcerned = {
  sessionId: 'r1.1',
  memberId: 'm1',
  requestId: 'r1',
  technicianId: 't1',
  endedAt: at('2026-06-05T16:00:00+02:00'),
  parameters: fallbackParameters,
};
export const as = (staffId: string, ...roles: readonly Role[]) => ({ actor: { staffId, roles } });
/** Consumer mediation applies: so that its clocks are among those of these stories. */
export const inMediation: ClockSettings = { ...defaultClockSettings, consumerMediation: true };
export const facts = (more: Partial<ComplaintFacts> = {}): ComplaintFacts => ({
  now,
  ...as('d1', 'Director'),
  calendar: { civilTime: frenchCivilTime(), isClosed: () => false },
  parameters: fallbackParameters,
  memberId: 'm1',
  memberKnown: true,
  memberErased: false,
  minor: false,
  representativeCapacity: undefined,
  settings: inMediation,
  sessions: [session],
  knownStaff: ['t1', 't2', 'd1', 'p1', 'l1'],
  directors: [],
  eventType: (_, eventId) => ({ e1: 'StateBeforeRecorded', e2: 'BackupAdviceGiven', e3: 'DiagnosisRecorded' })[eventId],
  ...more,
});

export const file: FileComplaint = {
  type: 'FileComplaint',
  complaintId: 'c1',
  memberId: 'm1',
  channel: 'email',
  receivedAt: now,
  learnedOn: day('2026-06-06'),
  facts: 'L’imprimante ne marche plus depuis l’intervention.',
  consequences: 'Je ne peux plus imprimer mes factures.',
  sessionIds: ['r1.1'],
  against: [],
  concernsDirector: false,
};

/** The events of filing under these facts. */
export function filed(more: Partial<FileComplaint> = {}, known: Partial<ComplaintFacts> = {}): ComplaintEvent[] {
  const { answer } = given(complaint).when({ ...file, ...more }, facts(known));
  if ('refused' in answer) throw new Error(answer.code);
  return [...answer];
}

const ids = { complaintId: 'c1', memberId: 'm1' };
export const opened = event(InvestigationOpened, { ...ids, inquirerId: 't2', openedAt: now, decidedAs: 'director' });
export const propose: ProposeSettlement = {
  type: 'ProposeSettlement',
  complaintId: 'c1',
  proposalId: 'o1',
  terms: 'Une nouvelle intervention, sans attente.',
  proposedAt: now,
  channel: 'email',
};
export const proposed = event(SettlementProposed, {
  ...ids,
  proposalId: 'o1',
  terms: propose.terms,
  proposedAt: now,
  channel: 'email',
  decidedAs: 'director',
  late: false,
});
const answered = { ...ids, proposalId: 'o1', answeredAt: now, channel: 'phone' } as const;
export const agreed = event(SettlementAccepted, answered);
export const declined = event(SettlementDeclined, answered);
export const qualify: QualifyComplaint = {
  type: 'QualifyComplaint',
  complaintId: 'c1',
  faultQualification: 'not-established',
  damageType: 'prior-hardware-defect',
  reasons: 'La panne était notée avant la première action.',
  evidence: [
    { kind: 'state-before', sessionId: 'r1.1', eventId: 'e1' },
    { kind: 'backup-advice', sessionId: 'r1.1', eventId: 'e2' },
    { kind: 'hardware-note', sessionId: 'r1.1', eventId: 'e3' },
  ],
};
export const refer: ReferComplaint = {
  type: 'ReferComplaint',
  complaintId: 'c1',
  disclosureId: 'x1',
  recipient: 'mediator',
  recipientName: 'Médiation de la consommation (fictive)',
  ground: 'mediation',
  variant: 'minimised',
  contentSha256: 'a'.repeat(64),
  sentAt: now,
  channel: 'post',
  initiatedBy: 'member',
};
export const close: CloseComplaint = {
  type: 'CloseComplaint',
  complaintId: 'c1',
  outcome: 'no-agreement',
  finalAnswer: 'Nous maintenons notre proposition.',
  mediatorContactGiven: true,
  channel: 'post',
};
