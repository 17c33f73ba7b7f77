import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { flag, id, instant, integer, list, localDate, oneOf, optional, personal, shape, text } from '#kernel/field.js';
import { keepGrounds } from '../custody/events.js';
import { representativeCapacities } from '../member/events.js';

// Types and names here are the storage format.

/** GDPR 15, 16, 17, 18, 20, 21. */
export const rightsKinds = ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection'] as const;
export type RightsKind = (typeof rightsKinds)[number];

export const rightsChannels = ['phone', 'email', 'paper', 'in-person', 'web'] as const;
export type RightsChannel = (typeof rightsChannels)[number];

/** How the person was recognised. No copy of an identity document is ever kept, so there is nowhere to put one. */
export const identityMethods = ['membership-number', 'call-back', 'in-person', 'shared-detail'] as const;
export type IdentityMethod = (typeof identityMethods)[number];

export const decisions = ['granted', 'partly', 'refused'] as const;
export type RightsDecision = (typeof decisions)[number];

/** Why something is refused, in whole or in part: GDPR 12(5), 17(3)(b), 17(3)(e), 20(1), 21(1). */
export const refusalGrounds = [
  ...keepGrounds,
  'identity-doubtful',
  'manifestly-unfounded',
  'not-provided-by-the-person',
  'compelling-grounds',
  'nothing-held',
] as const;
export type RefusalGround = (typeof refusalGrounds)[number];

const rules = ['charter:4.3'];
const said = { cell: 'rights', category: 'exercice de droits', strikeable: true } as const;

export const RightsRequestReceived = defineEvent({
  type: 'RightsRequestReceived',
  version: 1,
  subject: 'memberId',
  doc: 'A member exercises a right. The clock runs from the receipt, whoever types it in later.',
  rules,
  data: {
    rightsId: id(),
    memberId: id(),
    kind: oneOf(...rightsKinds),
    channel: oneOf(...rightsChannels),
    receivedAt: instant(),
    concernsDirector: flag(),
    details: optional(personal(text(4000), said)),
    /** Who asks in the member’s place, and in what capacity (A15). */
    representativeId: optional(id()),
    capacity: optional(oneOf(...representativeCapacities)),
    /** True: a member under age asks without a guardian. Taken all the same, and flagged. */
    minorAlone: optional(flag()),
    dueOn: localDate(),
  },
});

export const DataErasureRequested = defineEvent({
  type: 'DataErasureRequested',
  version: 1,
  doc: 'A member asks for the erasure of their data; nothing is destroyed before the decision.',
  rules,
  data: { rightsId: id(), memberId: id(), channel: oneOf(...rightsChannels), requestedAt: instant() },
});

export const IdentityChecked = defineEvent({
  type: 'IdentityChecked',
  version: 1,
  doc: 'The person who asks was recognised as the member.',
  rules,
  data: { rightsId: id(), memberId: id(), method: oneOf(...identityMethods), checkedAt: instant() },
});

export const RightsRequestExtended = defineEvent({
  type: 'RightsRequestExtended',
  version: 1,
  subject: 'memberId',
  doc: 'Two more months, told with reasons within the first month (GDPR 12(3)).',
  rules,
  data: {
    rightsId: id(),
    memberId: id(),
    extendedAt: instant(),
    reasons: personal(text(2000), said),
    dueOn: localDate(),
  },
});

/** Lines of a grid in one event: far below what one append may hold, also where each is kept with its ground. */
export const MOST_LINES = 2000;
const erased = () => list(text(240), MOST_LINES);

export const RightsDecisionPartMade = defineEvent({
  type: 'RightsDecisionPartMade',
  version: 1,
  doc: 'Cells of a decision on more than one event lists; the decision itself follows in the same append, with the first of them.',
  rules,
  data: {
    rightsId: id(),
    memberId: id(),
    /** From 2 on; 1 are the cells that the decision lists. */
    part: integer(2),
    erase: erased(),
    /** By ground and day, so that ten thousand lines fit in one append whatever is decided on them. */
    keep: list(
      shape({ ground: oneOf(...keepGrounds), until: optional(localDate()), cells: list(text(240), MOST_LINES) }),
      MOST_LINES,
    ),
    decidedAt: instant(),
  },
});

export const RightsDecisionMade = defineEvent({
  type: 'RightsDecisionMade',
  version: 1,
  subject: 'memberId',
  doc: 'The Director, a dated delegate, or the President where the Director is concerned, decided; for an erasure, cell by cell.',
  rules,
  data: {
    rightsId: id(),
    memberId: id(),
    decision: oneOf(...decisions),
    grounds: list(oneOf(...refusalGrounds), 9),
    reasons: optional(personal(text(4000), said)),
    erase: erased(),
    keep: list(shape({ cell: text(240), ground: oneOf(...keepGrounds), until: optional(localDate()) }), MOST_LINES),
    decidedAs: oneOf('director', 'delegate', 'president'),
    decidedAt: instant(),
    late: flag(),
  },
});

export const RightsAnswerSent = defineEvent({
  type: 'RightsAnswerSent',
  version: 1,
  doc: 'The answer left, with its channel; late is told, never hidden.',
  rules,
  data: {
    rightsId: id(),
    memberId: id(),
    channel: oneOf(...rightsChannels),
    sentAt: instant(),
    evidenceRef: optional(id()),
    late: flag(),
  },
});

export const RightsRequestWithdrawn = defineEvent({
  type: 'RightsRequestWithdrawn',
  version: 1,
  doc: 'The member no longer asks; nothing was decided.',
  rules,
  data: { rightsId: id(), memberId: id(), withdrawnAt: instant() },
});

export const RightsRequestClosed = defineEvent({
  type: 'RightsRequestClosed',
  version: 1,
  doc: 'Answered and carried out: the case is closed.',
  rules,
  data: { rightsId: id(), memberId: id(), closedAt: instant() },
});

export const rightsEvents = [
  RightsRequestReceived,
  DataErasureRequested,
  IdentityChecked,
  RightsRequestExtended,
  RightsDecisionPartMade,
  RightsDecisionMade,
  RightsAnswerSent,
  RightsRequestWithdrawn,
  RightsRequestClosed,
] as const;
export type RightsEvent = EventOf<(typeof rightsEvents)[number]>;
export type SealedRightsEvent = SealedEventOf<(typeof rightsEvents)[number]>;
