import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { flag, id, instant, localDate, oneOf, optional, personal, text } from '#kernel/field.js';

// Types and names here are the storage format.

export const membershipStatuses = ['active', 'lapsed'] as const;
export type MembershipStatus = (typeof membershipStatuses)[number];
export const representativeCapacities = ['guardian', 'spouse', 'helper'] as const;
export type RepresentativeCapacity = (typeof representativeCapacities)[number];
export const contactChannels = ['phone', 'email', 'paper', 'in-person', 'web'] as const;
export type ContactChannel = (typeof contactChannels)[number];

/** GDPR 18(1). */
export const restrictionGrounds = [
  'accuracy-contested',
  'unlawful-processing',
  'needed-for-claims',
  'objection-pending',
] as const;
export type RestrictionGround = (typeof restrictionGrounds)[number];

const identity = { cell: 'identity', category: 'member identity' } as const;
const contact = { cell: 'identity', category: 'member contact' } as const;

const identityFields = {
  membershipNumber: personal(text(40), identity),
  name: personal(text(200), identity),
  email: optional(personal(text(254), contact)),
  phone: optional(personal(text(40), contact)),
  postalAddress: optional(personal(text(500), contact)),
};

export const MemberRegistered = defineEvent({
  type: 'MemberRegistered',
  version: 1,
  subject: 'memberId',
  doc: 'A member of the association was registered as a person who may ask for support.',
  rules: ['charter:P.1'],
  data: { memberId: id(), ...identityFields, status: oneOf(...membershipStatuses), minor: flag() },
});

export const MemberIdentityCorrected = defineEvent({
  type: 'MemberIdentityCorrected',
  version: 1,
  subject: 'memberId',
  doc: 'A member’s identity was corrected; a field that is absent keeps its value.',
  rules: ['charter:4.3'],
  data: {
    memberId: id(),
    membershipNumber: optional(identityFields.membershipNumber),
    name: optional(identityFields.name),
    email: identityFields.email,
    phone: identityFields.phone,
    postalAddress: identityFields.postalAddress,
    reason: oneOf('typing-error', 'change-of-situation', 'member-request', 'other'),
  },
});

export const MembershipLapsed = defineEvent({
  type: 'MembershipLapsed',
  version: 1,
  doc: 'The membership is no longer up to date; the day named is the first without it.',
  rules: ['charter:P.1'],
  data: { memberId: id(), on: localDate() },
});

export const MembershipRenewed = defineEvent({
  type: 'MembershipRenewed',
  version: 1,
  doc: 'The membership is up to date again from the day named.',
  rules: ['charter:P.1'],
  data: { memberId: id(), on: localDate() },
});

export const RepresentativeRecorded = defineEvent({
  type: 'RepresentativeRecorded',
  version: 1,
  subject: 'memberId',
  doc: 'A person may consent in the member’s place, in a stated capacity and on a stated basis.',
  rules: ['charter:3.1b'],
  data: {
    memberId: id(),
    representativeId: id(),
    capacity: oneOf(...representativeCapacities),
    name: personal(text(200), { cell: 'identity', category: 'representative identity' }),
    basis: personal(text(500), { cell: 'identity', category: 'basis of representation' }),
  },
});

export const ServiceUnsubscribed = defineEvent({
  type: 'ServiceUnsubscribed',
  version: 1,
  doc: 'The member wants no more support; pending consents are void. Neither leaving nor erasure.',
  rules: ['charter:3.1c'],
  data: { memberId: id(), at: instant(), channel: oneOf(...contactChannels) },
});

export const ServiceResubscribed = defineEvent({
  type: 'ServiceResubscribed',
  version: 1,
  doc: 'The member wants support again; earlier consents stay void.',
  rules: ['charter:3.1c'],
  data: { memberId: id(), at: instant(), channel: oneOf(...contactChannels) },
});

export const MemberLeft = defineEvent({
  type: 'MemberLeft',
  version: 1,
  doc: 'The member left the association; the day named is the first outside it. Not an erasure.',
  rules: ['charter:P.1'],
  data: { memberId: id(), on: localDate() },
});

export const ProcessingRestricted = defineEvent({
  type: 'ProcessingRestricted',
  version: 1,
  doc: 'The member’s data is kept but not used (GDPR 18): it leaves the work lists; a running session goes on.',
  rules: ['charter:4.3'],
  data: { memberId: id(), ground: oneOf(...restrictionGrounds), rightsId: optional(id()), restrictedAt: instant() },
});

export const RestrictionLiftAnnounced = defineEvent({
  type: 'RestrictionLiftAnnounced',
  version: 1,
  doc: 'The member was told that the restriction is going to be lifted (GDPR 18(3)).',
  rules: ['charter:4.3'],
  data: { memberId: id(), warnedAt: instant(), channel: oneOf(...contactChannels) },
});

export const RestrictionLifted = defineEvent({
  type: 'RestrictionLifted',
  version: 1,
  doc: 'The restriction ended, after the member had been warned.',
  rules: ['charter:4.3'],
  data: { memberId: id(), warnedAt: instant(), liftedAt: instant() },
});

export const CharterReacknowledged = defineEvent({
  type: 'CharterReacknowledged',
  version: 1,
  doc: 'The member said, outside any session, that a version of the charter is read and accepted: by answering its notice, say.',
  rules: ['charter:10.1', 'charter:10.2'],
  data: { memberId: id(), charterVersionId: id(), at: instant(), channel: oneOf(...contactChannels) },
});

export const memberEvents = [
  MemberRegistered,
  MemberIdentityCorrected,
  MembershipLapsed,
  MembershipRenewed,
  RepresentativeRecorded,
  ServiceUnsubscribed,
  ServiceResubscribed,
  MemberLeft,
  ProcessingRestricted,
  RestrictionLiftAnnounced,
  RestrictionLifted,
  CharterReacknowledged,
];
type Definitions =
  | typeof MemberRegistered
  | typeof MemberIdentityCorrected
  | typeof MembershipLapsed
  | typeof MembershipRenewed
  | typeof RepresentativeRecorded
  | typeof ServiceUnsubscribed
  | typeof ServiceResubscribed
  | typeof MemberLeft
  | typeof ProcessingRestricted
  | typeof RestrictionLiftAnnounced
  | typeof RestrictionLifted
  | typeof CharterReacknowledged;
export type MemberEvent = EventOf<Definitions>;
export type SealedMemberEvent = SealedEventOf<Definitions>;
