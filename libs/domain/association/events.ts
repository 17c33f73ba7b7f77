import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { id, localDate, oneOf, optional, personal, text } from '#kernel/field.js';

// Types and names here are the storage format. Each record is sealed under a key of its own, whose subject it is: names
// and contacts of outside bodies are often those of a person.

export const recordKinds = ['insurance', 'mediator', 'processor'] as const;
export type RecordKind = (typeof recordKinds)[number];

const sealed = (max: number, category: string) => personal(text(max), { cell: 'identity', category });
const insurance = 'contrat d’assurance';
const mediator = 'coordonnées du médiateur';
const processor = 'sous-traitant';

export const InsurancePolicyRecorded = defineEvent({
  type: 'InsurancePolicyRecorded',
  version: 1,
  subject: 'recordId',
  doc: 'A policy of professional liability covers the association from a day to a last day.',
  rules: ['charter:6.2', 'charter:11d'],
  data: {
    recordId: id(),
    insurer: sealed(200, insurance),
    policyNumber: sealed(80, insurance),
    coverage: sealed(400, insurance),
    /** Where the certificate can be read at the seat. */
    certificatePlace: optional(sealed(200, insurance)),
    from: localDate(),
    /** Last day of cover. */
    until: localDate(),
  },
});

export const MediatorRecorded = defineEvent({
  type: 'MediatorRecorded',
  version: 1,
  subject: 'recordId',
  doc: 'The mediator whom members may turn to, with the contact that every final answer carries.',
  rules: ['charter:6.3'],
  data: {
    recordId: id(),
    mediatorName: sealed(200, mediator),
    mediatorContact: sealed(600, mediator),
    from: localDate(),
    until: optional(localDate()),
  },
});

export const ProcessorRecorded = defineEvent({
  type: 'ProcessorRecorded',
  version: 1,
  subject: 'recordId',
  doc: 'Somebody outside processes data on the association’s behalf, under a contract (GDPR 28): nobody else receives any.',
  rules: ['charter:4.2b'],
  data: {
    recordId: id(),
    processorName: sealed(200, processor),
    processorService: sealed(400, processor),
    contractOn: localDate(),
    /** How what they hold is erased when we erase. */
    erasurePath: sealed(1000, processor),
    from: localDate(),
    until: optional(localDate()),
  },
});

export const AssociationRecordEnded = defineEvent({
  type: 'AssociationRecordEnded',
  version: 1,
  doc: 'A policy, a mediator or a processor is no longer the association’s: the day named is the first without it.',
  data: { recordId: id(), kind: oneOf(...recordKinds), on: localDate() },
});

export const associationEvents = [
  InsurancePolicyRecorded,
  MediatorRecorded,
  ProcessorRecorded,
  AssociationRecordEnded,
] as const;
export type AssociationEvent = EventOf<(typeof associationEvents)[number]>;
export type SealedAssociationEvent = SealedEventOf<(typeof associationEvents)[number]>;
