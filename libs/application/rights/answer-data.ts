import type { KeepGround } from '#domain/custody/events.js';
import type { RefusalGround, RightsDecision, RightsKind } from '#domain/rights/events.js';
import type { Opened } from '#kernel/sealed.js';
import type { LocalDate } from '#kernel/time.js';
import type { Letter } from '../documents/letter.js';
import type { CellDescription } from './describe-cells.js';

/** A decision as the answer tells it, made already or only thought of. */
export interface AnswerDecision {
  readonly decision: RightsDecision;
  readonly grounds: readonly RefusalGround[];
  readonly reasons: Opened<string> | undefined;
  readonly erase: readonly string[];
  readonly keep: readonly { readonly cell: string; readonly ground: KeepGround; readonly until?: LocalDate }[];
  readonly decidedAs?: 'director' | 'delegate' | 'president';
}

export interface KeptCell extends CellDescription {
  readonly ground: KeepGround;
  readonly groundText: string;
  /** Absent: until the ground ends. */
  readonly until?: LocalDate;
}

/** What the member is told: both what is erased and what is kept, on which ground and until when (A14). */
export interface Answer {
  readonly rightsId: string;
  readonly memberId: string;
  readonly kind: RightsKind;
  readonly decision: RightsDecision;
  /** False: nothing was decided yet, this is what would be told. */
  readonly decided: boolean;
  readonly erased: readonly CellDescription[];
  readonly kept: readonly KeptCell[];
  readonly grounds: readonly { readonly ground: RefusalGround; readonly text: string }[];
  readonly reasons: Opened<string> | null;
  readonly addressee: { readonly name: Opened<string> | null; readonly postalAddress: Opened<string> | null };
  readonly letter: Letter;
}
