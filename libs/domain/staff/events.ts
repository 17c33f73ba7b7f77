import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { id, localDate, oneOf, optional, personal, text } from '#kernel/field.js';

// Types and names here are the storage format.

export const offices = ['president', 'director', 'director-delegate', 'support-lead'] as const;
export type Office = (typeof offices)[number];

export const revocationReasons = ['resignation', 'end-of-mission', 'breach', 'training-lapsed', 'other'] as const;
export type RevocationReason = (typeof revocationReasons)[number];

const identity = { cell: 'identity', category: 'staff identity' } as const;
const contact = { cell: 'identity', category: 'staff contact' } as const;

export const StaffRegistered = defineEvent({
  type: 'StaffRegistered',
  version: 1,
  subject: 'staffId',
  doc: 'A person of the association was registered: office-holder, technician or other staff.',
  rules: ['charter:11a-c'],
  data: {
    staffId: id(),
    name: personal(text(200), identity),
    email: optional(personal(text(254), contact)),
    phone: optional(personal(text(40), contact)),
  },
});

export const OfficeHolderAppointed = defineEvent({
  type: 'OfficeHolderAppointed',
  version: 1,
  doc: 'A person holds an office from a day on, to a last day if one is given.',
  rules: ['charter:11a-c'],
  data: { staffId: id(), office: oneOf(...offices), from: localDate(), until: optional(localDate()) },
});

export const OfficeHolderDismissed = defineEvent({
  type: 'OfficeHolderDismissed',
  version: 1,
  doc: 'A person leaves an office: the day named is the first without it.',
  rules: ['charter:11a-c'],
  data: { staffId: id(), office: oneOf(...offices), on: localDate() },
});

export const TechnicianAuthorised = defineEvent({
  type: 'TechnicianAuthorised',
  version: 1,
  doc: 'A person may carry out sessions from a day on, to a last day if one is given.',
  rules: ['charter:4.4b'],
  data: { staffId: id(), from: localDate(), until: optional(localDate()) },
});

export const TechnicianRevoked = defineEvent({
  type: 'TechnicianRevoked',
  version: 1,
  doc: 'A person may carry out no more sessions: the day named is the first without habilitation.',
  rules: ['charter:4.4b'],
  data: { staffId: id(), on: localDate(), reason: oneOf(...revocationReasons) },
});

export const ConfidentialityUndertakingSigned = defineEvent({
  type: 'ConfidentialityUndertakingSigned',
  version: 1,
  doc: 'A person signed the undertaking of confidentiality under a version of the charter.',
  rules: ['charter:5.2'],
  data: { staffId: id(), signedOn: localDate(), charterVersionId: id(), evidenceRef: optional(text(200)) },
});

export const TechnicianSkillRecorded = defineEvent({
  type: 'TechnicianSkillRecorded',
  version: 1,
  doc: 'A person was trained in a specialised software.',
  rules: ['charter:1.2c'],
  data: { staffId: id(), software: text(120), evidenceDate: localDate(), evidenceRef: optional(text(200)) },
});

export const staffEvents = [
  StaffRegistered,
  OfficeHolderAppointed,
  OfficeHolderDismissed,
  TechnicianAuthorised,
  TechnicianRevoked,
  ConfidentialityUndertakingSigned,
  TechnicianSkillRecorded,
];
type Definitions =
  | typeof StaffRegistered
  | typeof OfficeHolderAppointed
  | typeof OfficeHolderDismissed
  | typeof TechnicianAuthorised
  | typeof TechnicianRevoked
  | typeof ConfidentialityUndertakingSigned
  | typeof TechnicianSkillRecorded;
export type StaffEvent = EventOf<Definitions>;
export type SealedStaffEvent = SealedEventOf<Definitions>;
