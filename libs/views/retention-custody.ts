import type { SealedCustodyEvent } from '#domain/custody/events.js';
import type { HoldDocument, KeptDocument } from './retention-documents.js';

type Of<T extends SealedCustodyEvent['type']> = Extract<SealedCustodyEvent, { readonly type: T }>;

/**
 * `<memberId>/session:<id>` → `session:<id>`; an identity, alone or with all that is its subject’s, → `identity:<subject>`;
 * undefined for what lies below.
 */
export function keptIdOf(cell: string): string | undefined {
  const identity = /^([^/]+)(?:\/identity)?$/.exec(cell)?.[1];
  if (identity !== undefined) return `identity:${identity}`;
  return /^[^/]+\/((?:session|request|complaint|rights|incident):[^/]+)$/.exec(cell)?.[1];
}

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
