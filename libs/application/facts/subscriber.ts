import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { SubscriberCommand } from '#domain/subscriber/commands.js';
import type { SubscriberFacts } from '#domain/subscriber/facts.js';
import type { SubscriberState } from '#domain/subscriber/state.js';
import { subscriber } from '#domain/subscriber/subscriber.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

/** @param simulated the installation is a simulation, where nobody real is written to */
export const subscriberBinding = (time: CivilTime, simulated: boolean) => ({
  aggregate: subscriber,
  facts: async (input: FactsInput<SubscriberCommand, SubscriberState>): Promise<SubscriberFacts> => ({
    time,
    simulated,
    ...baseFacts(input),
  }),
});
