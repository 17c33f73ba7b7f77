import type { Decider } from '#kernel/decider.js';
import type { SubscriberCommand } from './commands.js';
import { decide } from './decide.js';
import { type SealedSubscriberEvent, type SubscriberEvent, subscriberEvents } from './events.js';
import { evolve } from './evolve.js';
import type { SubscriberFacts } from './facts.js';
import { initialSubscriber, type SubscriberState } from './state.js';

type Heart = Decider<SubscriberCommand, SubscriberEvent, SealedSubscriberEvent, SubscriberState, SubscriberFacts>;
const decider: Heart = { initial: initialSubscriber, decide, evolve };

/** Streams `subscriber-<subscriberId>`: an outside body that is given the pseudonymous feed, from its registration to its end (4.2 b, GDPR 28). */
export const subscriber = { category: 'subscriber', decider, events: subscriberEvents };
