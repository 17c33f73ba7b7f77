import type { Decider } from '#kernel/decider.js';
import type { CharterCommand } from './commands.js';
import { type CharterFacts, decide } from './decide.js';
import { type CharterEvent, charterEvents, type SealedCharterEvent } from './events.js';
import { evolve } from './evolve.js';
import { type CharterState, initialCharter } from './state.js';

const decider: Decider<CharterCommand, CharterEvent, SealedCharterEvent, CharterState, CharterFacts> = {
  initial: initialCharter,
  decide,
  evolve,
};

/** One stream: `charter-association`. */
export const charter = { category: 'charter', decider, events: charterEvents };
