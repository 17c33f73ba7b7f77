import type { Decider } from '#kernel/decider.js';
import type { RightsCommand } from './commands.js';
import { decide } from './decide.js';
import { type RightsEvent, rightsEvents, type SealedRightsEvent } from './events.js';
import { evolve } from './evolve.js';
import type { RightsFacts } from './facts.js';
import { initialRights, type RightsState } from './state.js';

const decider: Decider<RightsCommand, RightsEvent, SealedRightsEvent, RightsState, RightsFacts> = {
  initial: initialRights,
  decide,
  evolve,
};

/** Streams `rights-<rightsId>`: one case of exercising a right (GDPR 15–21). */
export const rights = { category: 'rights', decider, events: rightsEvents };
