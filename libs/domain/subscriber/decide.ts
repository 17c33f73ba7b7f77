import { never } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { lintFields } from '../lint/lint-fields.js';
import { hasAnyRole } from '../shared/facts.js';
import { refuseFutureDay } from '../shared/refusals.js';
import { addressFault, addressFaults } from './address.js';
import type { RecordDelivery, RecordDeliveryFailure, RegisterSubscriber, SubscriberCommand } from './commands.js';
import { decideDelivery } from './decide-delivery.js';
import * as events from './events.js';
import type { SubscriberFacts } from './facts.js';
import * as refusals from './refusals.js';
import type { Subscriber, SubscriberState } from './state.js';

type Decision = readonly events.SubscriberEvent[] | Refusal;
type Delivery = RecordDelivery | RecordDeliveryFailure;

const isDelivery = (command: SubscriberCommand): command is Delivery =>
  command.type === 'RecordDelivery' || command.type === 'RecordDeliveryFailure';

/**
 * Who receives the feed is decided by the Director or the President (4.2 b); what was sent is the service’s to say. An
 * ended subscriber is never taken up again.
 */
export function decide(command: SubscriberCommand, state: SubscriberState, facts: SubscriberFacts): Decision {
  if (isDelivery(command)) {
    if (facts.actor.staffId !== 'system') return refusals.subscriberIsMachineWork();
    return state === undefined ? refusals.subscriberUnknown() : decideDelivery(command, state);
  }
  if (!hasAnyRole(facts.actor, 'Director', 'President')) return refusals.subscriberNeedsDirector();
  if (command.type === 'RegisterSubscriber') return register(command, state, facts);
  return state === undefined ? refusals.subscriberUnknown() : govern(command, state, facts);
}

function register(command: RegisterSubscriber, state: SubscriberState, facts: SubscriberFacts): Decision {
  const { type: _, topics, ...registered } = command;
  const { subscriberName, subscriberPurpose, address, agreementOn } = registered;
  if (state !== undefined) return state.agreementOn === agreementOn ? [] : refusals.subscriberExists();
  if (topics.length === 0)
    return refusals.subscriberTopicMissing(undefined, [{ pointer: '/topics', detail: 'à choisir' }]);
  return (
    refuseFutureDay(agreementOn, facts, '/agreementOn') ??
    refuseAddress(address, facts) ??
    lintFields({ '/subscriberName': subscriberName, '/subscriberPurpose': subscriberPurpose }).refusal ?? [
      event(events.SubscriberRegistered, { ...registered, topics: [...new Set(topics)] }),
    ]
  );
}

function govern(
  command: Exclude<SubscriberCommand, RegisterSubscriber | Delivery>,
  state: Subscriber,
  facts: SubscriberFacts,
): Decision {
  const { subscriberId } = command;
  if (command.type === 'EndSubscriber') {
    const { reason } = command;
    if (state.standing === 'ended') return state.endedFor === reason ? [] : refusals.subscriberEnded();
    return [event(events.SubscriberEnded, { subscriberId, reason })];
  }
  if (state.standing === 'ended') return refusals.subscriberEnded();
  switch (command.type) {
    case 'ChangeSubscriberAddress': {
      const { address } = command;
      return refuseAddress(address, facts) ?? [event(events.SubscriberAddressChanged, { subscriberId, address })];
    }
    case 'PauseSubscriber':
      // of one that fails too: who pauses it has seen it
      return state.pausedFor === 'by-hand' ? [] : [event(events.SubscriberPaused, { subscriberId, reason: 'by-hand' })];
    case 'ResumeSubscriber':
      return state.standing === 'active' ? [] : [event(events.SubscriberResumed, { subscriberId })];
    default:
      return never(command);
  }
}

function refuseAddress(address: string, { simulated }: SubscriberFacts): Refusal | undefined {
  const fault = addressFault(address, simulated);
  return fault === undefined
    ? undefined
    : refusals.subscriberAddressRefused(undefined, [{ pointer: '/address', detail: addressFaults[fault] }]);
}
