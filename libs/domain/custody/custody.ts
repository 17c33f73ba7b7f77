import type { Decider } from '#kernel/decider.js';
import type { CustodyCommand } from './commands.js';
import { decide } from './decide.js';
import { type CustodyEvent, custodyEvents, type SealedCustodyEvent } from './events.js';
import { evolve } from './evolve.js';
import type { CustodyFacts } from './facts.js';
import { type CustodyState, initialCustody } from './state.js';

const decider: Decider<CustodyCommand, CustodyEvent, SealedCustodyEvent, CustodyState, CustodyFacts> = {
  initial: initialCustody,
  decide,
  evolve,
};

/** Streams `custody-<memberId>`: the one register of holds on a member's cells and of their destruction. */
export const custody = { category: 'custody', decider, events: custodyEvents };
