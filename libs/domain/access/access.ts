import type { Decider } from '#kernel/decider.js';
import type { AccessCommand } from './commands.js';
import { decide } from './decide.js';
import { type AccessEvent, accessEvents, type SealedAccessEvent } from './events.js';
import { evolve } from './evolve.js';
import type { AccessFacts } from './facts.js';
import { type AccessState, initialAccess } from './state.js';

const decider: Decider<AccessCommand, AccessEvent, SealedAccessEvent, AccessState, AccessFacts> = {
  initial: initialAccess,
  decide,
  evolve,
};

/** Streams `access-<memberId>`: who read what of a member's file. */
export const access = { category: 'access', decider, events: accessEvents };
