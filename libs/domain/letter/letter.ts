import type { Decider } from '#kernel/decider.js';
import type { BaseFacts } from '../shared/facts.js';
import type { LetterCommand } from './commands.js';
import { decide } from './decide.js';
import { type LetterEvent, letterEvents, type SealedLetterEvent } from './events.js';
import { evolve } from './evolve.js';
import { initialLetter, type LetterState } from './state.js';

const decider: Decider<LetterCommand, LetterEvent, SealedLetterEvent, LetterState, BaseFacts> = {
  initial: initialLetter,
  decide,
  evolve,
};

/** Streams `letter-<letterId>`. */
export const letter = { category: 'letter', decider, events: letterEvents };
