import { never } from '#kernel/decider.js';
import type { SealedTokenEvent } from './events.js';
import type { TokenState } from './state.js';

export function evolve(state: TokenState, event: SealedTokenEvent): TokenState {
  switch (event.type) {
    case 'AccessTokenIssued':
      return { ...state, issued: event.data };
    case 'AccessTokenRevoked':
      return { ...state, revoked: true };
    default:
      return never(event);
  }
}
