import { never } from '#kernel/decider.js';
import type { SealedSubscriberEvent } from './events.js';
import type { SubscriberState } from './state.js';

export function evolve(state: SubscriberState, event: SealedSubscriberEvent): SubscriberState {
  if (event.type === 'SubscriberRegistered') {
    const { subscriberId, topics, agreementOn } = event.data;
    const nothing = { pausedFor: undefined, endedFor: undefined, attempts: 0, delivered: undefined };
    return { subscriberId, topics, agreementOn, standing: 'active', ...nothing };
  }
  if (state === undefined) return undefined;
  switch (event.type) {
    case 'SubscriberAddressChanged':
      return { ...state, attempts: 0 };
    case 'SubscriberDelivered': {
      const { stream, revision, lastEventId } = event.data;
      return { ...state, attempts: 0, delivered: { stream, revision, lastEventId } };
    }
    case 'SubscriberDeliveryFailed':
      return { ...state, attempts: event.data.attempt };
    case 'SubscriberPaused':
      return { ...state, standing: 'paused', pausedFor: event.data.reason };
    case 'SubscriberResumed':
      return { ...state, standing: 'active', pausedFor: undefined, attempts: 0 };
    case 'SubscriberEnded':
      return { ...state, standing: 'ended', pausedFor: undefined, endedFor: event.data.reason };
    default:
      return never(event);
  }
}
