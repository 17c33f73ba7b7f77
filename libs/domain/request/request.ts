import type { Decider } from '#kernel/decider.js';
import type { RequestCommand } from './commands.js';
import { decide } from './decide.js';
import { type RequestEvent, requestEvents, type SealedRequestEvent } from './events.js';
import { evolve } from './evolve.js';
import type { RequestFacts } from './facts.js';
import { initialRequest, type RequestState } from './state.js';

const decider: Decider<RequestCommand, RequestEvent, SealedRequestEvent, RequestState, RequestFacts> = {
  initial: initialRequest,
  decide,
  evolve,
};

/** Streams `request-<requestId>`. */
export const request = { category: 'request', decider, events: requestEvents };
