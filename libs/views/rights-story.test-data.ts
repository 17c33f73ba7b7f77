import { accessEvents, FileConsulted, MemberExportIssued } from '#domain/access/events.js';
import * as custody from '#domain/custody/events.js';
import { ProcessingRestricted, RestrictionLiftAnnounced, RestrictionLifted } from '#domain/member/events.js';
import { RequestTextReported, RequestTextStrikeOutDecided } from '#domain/request/events-strike-out.js';
import * as rights from '#domain/rights/events.js';
import { StrikeOutDecided, StrikeOutRequested } from '#domain/session/events-strike-out.js';
import { type AnyEvent, type EventDefinition, event } from '#kernel/define-event.js';
import { at, day, declarations, SESSION } from './example-story.test-data.js';

/** The member of the example story exercises the right to erasure while one session is held for a dispute. */

export const rightsDeclarations: readonly EventDefinition[] = [
  ...declarations,
  ...rights.rightsEvents,
  ...custody.custodyEvents,
  ...accessEvents,
] as readonly EventDefinition[];

const memberId = 'm1';
const of = { rightsId: 'd1', memberId };
export const heldCell = `m1/session:${SESSION}`;

export const rightsReceived = event(rights.RightsRequestReceived, {
  ...of,
  kind: 'erasure',
  channel: 'email',
  receivedAt: at('10:00'),
  concernsDirector: false,
  details: 'Effacez ce que vous avez',
  dueOn: day('2026-07-02'),
});
export const extended = event(rights.RightsRequestExtended, {
  ...of,
  extendedAt: at('10:30'),
  reasons: 'Dossier ancien',
  dueOn: day('2026-09-02'),
});
export const decided = event(rights.RightsDecisionMade, {
  ...of,
  decision: 'partly',
  grounds: ['legal-claim'],
  reasons: 'Un litige est en cours',
  erase: ['m1/identity'],
  keep: [{ cell: heldCell, ground: 'legal-claim', until: day('2031-06-02') }],
  decidedAs: 'director',
  decidedAt: at('11:00'),
  late: false,
});
export const answered = event(rights.RightsAnswerSent, {
  ...of,
  channel: 'paper',
  sentAt: at('11:30'),
  evidenceRef: 'rar-1',
  late: false,
});
export const rightsCase: readonly AnyEvent[] = [
  rightsReceived,
  event(rights.DataErasureRequested, { ...of, channel: 'email', requestedAt: at('10:00') }),
  event(rights.IdentityChecked, { ...of, method: 'membership-number', checkedAt: at('10:20') }),
  extended,
  decided,
  answered,
  event(rights.RightsRequestClosed, { ...of, closedAt: at('12:00') }),
];

const hold = { memberId, holdId: 'h1' };
export const heldEvents: readonly AnyEvent[] = [
  event(custody.LegalHoldPlaced, {
    ...hold,
    cells: [heldCell],
    tooLate: [],
    ground: 'complaint',
    reference: 'c1',
    note: 'Réclamation en cours',
    placedAt: at('09:50'),
    reviewOn: day('2026-12-02'),
    outerBound: day('2031-06-02'),
  }),
  event(custody.LegalHoldReviewed, { ...hold, reviewedAt: at('10:50'), reviewOn: day('2027-06-02') }),
];
export const released = event(custody.LegalHoldReleased, {
  ...hold,
  releasedAt: at('12:30'),
  reason: 'dispute-closed',
});

const destruction = { memberId, destructionId: 'x1' };
export const destructionEvents: readonly AnyEvent[] = [
  event(custody.CellsCondemned, {
    ...destruction,
    cells: ['m1/identity'],
    kept: [{ cell: heldCell, ground: 'legal-claim', until: day('2031-06-02') }],
    cause: 'erasure',
    reference: 'd1',
    decidedAt: at('11:01'),
  }),
  event(custody.CellsDestroyed, {
    ...destruction,
    cells: [{ cell: 'm1/identity', keyDigest: 'a'.repeat(64) }],
    destroyedAt: at('11:02'),
  }),
  event(custody.ErasureReadBack, {
    ...destruction,
    stores: [{ store: 'events', values: 3, erased: 3, present: 0, unreadable: 0 }],
    readAt: at('11:03'),
  }),
  event(custody.ErasureCertified, {
    ...destruction,
    certificateId: 'k1',
    certificateSha256: 'b'.repeat(64),
    result: 'complete',
    certifiedAt: at('11:04'),
  }),
];

export const restrictionEvents: readonly AnyEvent[] = [
  event(ProcessingRestricted, { memberId, ground: 'needed-for-claims', rightsId: 'd1', restrictedAt: at('10:40') }),
  event(RestrictionLiftAnnounced, { memberId, warnedAt: at('12:10'), channel: 'phone' }),
  event(RestrictionLifted, { memberId, warnedAt: at('12:10'), liftedAt: at('12:20') }),
];

const struck = { sessionId: SESSION, memberId, strikeOutId: 's1', targetEventId: 'e-1', field: 'description' };
export const strikeOutStory: readonly AnyEvent[] = [
  event(StrikeOutRequested, { ...struck, reason: 'third-person', requestedAt: at('10:15') }),
  event(StrikeOutDecided, { ...struck, decision: 'granted', decidedAt: at('10:45') }),
];

const told = { requestId: 'r1', memberId, strikeOutId: 's2', targetEventId: 'e-1', field: 'problem' };
export const requestStrikeOutStory: readonly AnyEvent[] = [
  event(RequestTextReported, { ...told, reason: 'third-person', requestedAt: at('10:15') }),
  event(RequestTextStrikeOutDecided, { ...told, decision: 'granted', decidedAt: at('10:46') }),
];

export const accessStory: readonly AnyEvent[] = [
  event(FileConsulted, { memberId, what: 'member-file', purpose: 'rights', by: 'staff-1', at: at('10:16') }),
  event(MemberExportIssued, {
    memberId,
    rightsId: 'd1',
    exportId: 'copy-1',
    sha256: 'c'.repeat(64),
    issuedBy: 'staff-1',
    issuedAt: at('10:17'),
    expiresAt: at('23:00'),
  }),
];
