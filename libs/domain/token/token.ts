import type { Decider } from '#kernel/decider.js';
import type { TokenCommand } from './commands.js';
import { decide, type TokenFacts } from './decide.js';
import { type SealedTokenEvent, type TokenEvent, tokenEvents } from './events.js';
import { evolve } from './evolve.js';
import { initialToken, type TokenState } from './state.js';

const decider: Decider<TokenCommand, TokenEvent, SealedTokenEvent, TokenState, TokenFacts> = {
  initial: initialToken,
  decide,
  evolve,
};

/** Streams `token-<tokenId>`. */
export const token = { category: 'token', decider, events: tokenEvents };
