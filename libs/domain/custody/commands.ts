import type { Instant, LocalDate } from '#kernel/time.js';
import type { DestructionCause, HoldGround, KeepGround } from './events.js';

export interface PlaceLegalHold {
  readonly type: 'PlaceLegalHold';
  readonly memberId: string;
  readonly holdId: string;
  /** Cell ids of this member: `<memberId>/session:<id>`. */
  readonly cells: readonly string[];
  readonly ground: HoldGround;
  /** Opaque id of what the hold is for (a complaint). */
  readonly reference?: string;
  readonly note?: string;
  /** Last day on which the hold may last; default and at most five years from now. */
  readonly outerBound?: LocalDate;
}

export interface ReviewLegalHold {
  readonly type: 'ReviewLegalHold';
  readonly memberId: string;
  readonly holdId: string;
}

export interface ReleaseLegalHold {
  readonly type: 'ReleaseLegalHold';
  readonly memberId: string;
  readonly holdId: string;
  readonly reason: 'dispute-closed' | 'outer-bound' | 'placed-in-error';
}

/** Decides a destruction. Held cells are kept and said so; the rest can no longer be held. */
export interface CondemnCells {
  readonly type: 'CondemnCells';
  readonly memberId: string;
  readonly destructionId: string;
  readonly cells: readonly string[];
  readonly cause: DestructionCause;
  /** Opaque id of the rights case, the retention run or the struck event. */
  readonly reference: string;
  /** Cells that the decision keeps for another reason than a hold. */
  readonly keep?: readonly { readonly cell: string; readonly ground: KeepGround; readonly until?: LocalDate }[];
}

export interface RecordDestruction {
  readonly type: 'RecordDestruction';
  readonly memberId: string;
  readonly destructionId: string;
  readonly cells: readonly { readonly cell: string; readonly keyDigest?: string }[];
  readonly destroyedAt: Instant;
}

export interface RecordReadBack {
  readonly type: 'RecordReadBack';
  readonly memberId: string;
  readonly destructionId: string;
  readonly stores: readonly StoreReadBack[];
}

/** How many values of the destroyed cells a store holds, and what they answered. */
export interface StoreReadBack {
  readonly store: string;
  readonly values: number;
  readonly erased: number;
  readonly present: number;
  readonly unreadable: number;
}

export interface RecordCertificate {
  readonly type: 'RecordCertificate';
  readonly memberId: string;
  readonly destructionId: string;
  readonly certificateId: string;
  readonly certificateSha256: string;
}

export type CustodyCommand =
  | PlaceLegalHold
  | ReviewLegalHold
  | ReleaseLegalHold
  | CondemnCells
  | RecordDestruction
  | RecordReadBack
  | RecordCertificate;
