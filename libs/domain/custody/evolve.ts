import { never } from '#kernel/decider.js';
import type { SealedCustodyEvent } from './events.js';
import type { CustodyState, Destruction, Hold } from './state.js';

export function evolve(state: CustodyState, event: SealedCustodyEvent): CustodyState {
  switch (event.type) {
    case 'LegalHoldPlaced': {
      const { holdId, cells, ground, reviewOn, outerBound } = event.data;
      return { ...state, holds: [...state.holds, { holdId, cells, ground, reviewOn, outerBound, released: false }] };
    }
    case 'LegalHoldReviewed':
      return changeHold(state, event.data.holdId, { reviewOn: event.data.reviewOn });
    case 'LegalHoldReleased':
      return changeHold(state, event.data.holdId, { released: true });
    case 'CellsCondemned': {
      const { destructionId, reference, cells } = event.data;
      const added = {
        destructionId,
        reference,
        cells,
        destroyed: false,
        readBack: undefined,
        certificateId: undefined,
      };
      return { ...state, destructions: [...state.destructions, added] };
    }
    case 'CellsDestroyed':
      return changeDestruction(state, event.data.destructionId, { destroyed: true });
    case 'ErasureReadBack':
      return changeDestruction(state, event.data.destructionId, { readBack: event.data.stores });
    case 'ErasureCertified':
      return changeDestruction(state, event.data.destructionId, { certificateId: event.data.certificateId });
    default:
      return never(event);
  }
}

const changeHold = (state: CustodyState, holdId: string, change: Partial<Hold>): CustodyState => ({
  ...state,
  holds: state.holds.map((hold) => (hold.holdId === holdId ? { ...hold, ...change } : hold)),
});

const changeDestruction = (state: CustodyState, destructionId: string, change: Partial<Destruction>): CustodyState => ({
  ...state,
  destructions: state.destructions.map((one) => (one.destructionId === destructionId ? { ...one, ...change } : one)),
});
