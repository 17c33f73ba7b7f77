import type { LocalDate } from '#kernel/time.js';
import type { RecordKind } from './events.js';

export interface AssociationRecord {
  readonly recordId: string;
  readonly kind: RecordKind;
  readonly from: LocalDate;
  /** Last day. */
  readonly until: LocalDate | undefined;
  /** First day without it, when it was ended. */
  readonly endedOn: LocalDate | undefined;
}

export interface AssociationState {
  readonly records: readonly AssociationRecord[];
}

export const initialAssociation: AssociationState = { records: [] };

/** Records of a kind that count on a day. */
export const recordsOn = (
  { records }: AssociationState,
  kind: RecordKind,
  day: LocalDate,
): readonly AssociationRecord[] =>
  records.filter(
    (one) =>
      one.kind === kind &&
      one.from <= day &&
      (one.until === undefined || day <= one.until) &&
      (one.endedOn === undefined || day < one.endedOn),
  );
