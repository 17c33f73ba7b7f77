import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import {
  id,
  instant,
  integer,
  list,
  localDate,
  oneOf,
  optional,
  personal,
  sha256,
  shape,
  text,
} from '#kernel/field.js';

// Types and names here are the storage format.

/** Why a cell may not be destroyed for now. `legal-claim` is GDPR 17(3)(e), `legal-obligation` 17(3)(b). */
export const keepGrounds = ['legal-claim', 'legal-obligation', 'case-in-progress', 'still-running'] as const;
export type KeepGround = (typeof keepGrounds)[number];

export const holdGrounds = ['complaint', 'court', 'authority', 'insurer'] as const;
export type HoldGround = (typeof holdGrounds)[number];

export const destructionCauses = ['erasure', 'retention', 'strike-out'] as const;
export type DestructionCause = (typeof destructionCauses)[number];

const cells = () => list(text(240), 2000);
const kept = () => list(shape({ cell: text(240), ground: oneOf(...keepGrounds), until: optional(localDate()) }), 2000);
const rules = ['charter:4.3', 'charter:4.4c', 'charter:8.1f'];

export const LegalHoldPlaced = defineEvent({
  type: 'LegalHoldPlaced',
  version: 1,
  subject: 'memberId',
  doc: 'Cells of a member may not be destroyed while a dispute needs them; those condemned before stay condemned.',
  rules: ['charter:8.1f'],
  data: {
    memberId: id(),
    holdId: id(),
    cells: cells(),
    tooLate: cells(),
    ground: oneOf(...holdGrounds),
    reference: optional(id()),
    note: optional(personal(text(2000), { cell: 'identity', category: 'motif du gel', strikeable: true })),
    placedAt: instant(),
    reviewOn: localDate(),
    outerBound: localDate(),
  },
});

export const LegalHoldReviewed = defineEvent({
  type: 'LegalHoldReviewed',
  version: 1,
  doc: 'A hold was looked at again and goes on.',
  rules: ['charter:8.1f'],
  data: { memberId: id(), holdId: id(), reviewedAt: instant(), reviewOn: localDate() },
});

export const LegalHoldReleased = defineEvent({
  type: 'LegalHoldReleased',
  version: 1,
  doc: 'A hold ended; what it kept follows its own period again.',
  rules: ['charter:8.1f'],
  data: {
    memberId: id(),
    holdId: id(),
    releasedAt: instant(),
    reason: oneOf('dispute-closed', 'outer-bound', 'placed-in-error'),
  },
});

export const CellsCondemned = defineEvent({
  type: 'CellsCondemned',
  version: 1,
  doc: 'The decision that these cells are destroyed, and which were kept, and why. From here on it is only carried out.',
  rules,
  data: {
    memberId: id(),
    destructionId: id(),
    cells: cells(),
    kept: kept(),
    cause: oneOf(...destructionCauses),
    reference: id(),
    decidedAt: instant(),
  },
});

export const CellsDestroyed = defineEvent({
  type: 'CellsDestroyed',
  version: 1,
  doc: 'The keys of condemned cells are destroyed; the digest of each wrapped key says which key it was.',
  rules,
  data: {
    memberId: id(),
    destructionId: id(),
    cells: list(shape({ cell: text(240), keyDigest: optional(sha256()) }), 4000),
    destroyedAt: instant(),
  },
});

export const ErasureReadBack = defineEvent({
  type: 'ErasureReadBack',
  version: 1,
  doc: 'Every value of the destroyed cells was asked for again, store by store, with what it answered.',
  rules,
  data: {
    memberId: id(),
    destructionId: id(),
    stores: list(
      shape({ store: text(60), values: integer(), erased: integer(), present: integer(), unreadable: integer() }),
      40,
    ),
    readAt: instant(),
  },
});

export const ErasureCertified = defineEvent({
  type: 'ErasureCertified',
  version: 1,
  doc: 'A signed certificate was issued; partial when something could not be verified.',
  rules,
  data: {
    memberId: id(),
    destructionId: id(),
    certificateId: id(),
    certificateSha256: sha256(),
    result: oneOf('complete', 'partial'),
    certifiedAt: instant(),
  },
});

export const custodyEvents = [
  LegalHoldPlaced,
  LegalHoldReviewed,
  LegalHoldReleased,
  CellsCondemned,
  CellsDestroyed,
  ErasureReadBack,
  ErasureCertified,
] as const;
export type CustodyEvent = EventOf<(typeof custodyEvents)[number]>;
export type SealedCustodyEvent = SealedEventOf<(typeof custodyEvents)[number]>;
