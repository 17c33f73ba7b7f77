import type { SealedCustodyEvent } from '#domain/custody/events.js';
import type { HoldDocument, KeptDocument } from './retention-documents.js';

type Of<T extends SealedCustodyEvent['type']> = Extract<SealedCustodyEvent, { readonly type: T }>;

/** `<memberId>/session:<id>` → `session:<id>`; undefined for other cells and for what lies below. */
export const keptIdOf = (cell: string): string | undefined =>
  /^[^/]+\/((?:session|request|complaint|rights):[^/]+)$/.exec(cell)?.[1];

export function foldCustodyOfHold(
  before: HoldDocument | undefined,
  event: Of<'LegalHoldPlaced' | 'LegalHoldReviewed' | 'LegalHoldReleased'>,
): HoldDocument | undefined {
  switch (event.type) {
    case 'LegalHoldPlaced': {
      const { memberId, holdId, cells, ground, placedAt, reviewOn, outerBound } = event.data;
      return { memberId, holdId, cells, ground, state: 'held', placedAt, reviewOn, outerBound };
    }
    case 'LegalHoldReviewed':
      return before && { ...before, reviewOn: event.data.reviewOn };
    case 'LegalHoldReleased':
      return before && { ...before, state: 'released' };
  }
}

export function foldCustodyOfKept(
  before: KeptDocument | undefined,
  event: Of<'CellsCondemned' | 'CellsDestroyed'>,
): KeptDocument | undefined {
  if (before === undefined) return undefined;
  if (event.type === 'CellsDestroyed') return { ...before, state: 'destroyed' };
  const { destructionId, decidedAt, cause } = event.data;
  return { ...before, state: 'condemned', destructionId, condemnedAt: decidedAt, cause };
}
