import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { MOST_ATTEMPTS } from './codes.js';
import type { RecordDelivery, RecordDeliveryFailure } from './commands.js';
import { SubscriberDelivered, SubscriberDeliveryFailed, type SubscriberEvent, SubscriberPaused } from './events.js';
import { subscriberEnded, subscriberPaused } from './refusals.js';
import type { Subscriber } from './state.js';

/**
 * What became of a batch. Whoever delivers asks for the state before it sends, and gives the outcome afterwards, as often
 * as it likes: what is known already adds nothing, even where the subscriber was paused or ended since.
 */
export function decideDelivery(
  command: RecordDelivery | RecordDeliveryFailure,
  state: Subscriber,
): readonly SubscriberEvent[] | Refusal {
  if (isKnown(command, state)) return [];
  if (state.standing !== 'active') return state.standing === 'ended' ? subscriberEnded() : subscriberPaused();
  const { type: _, ...told } = command;
  if ('lastEventId' in told) return [event(SubscriberDelivered, told)];
  const { subscriberId, attempt } = told;
  const failed = event(SubscriberDeliveryFailed, told);
  return attempt < MOST_ATTEMPTS ? [failed] : [failed, event(SubscriberPaused, { subscriberId, reason: 'failing' })];
}

/** Of one stream, events are given in the order of their revisions; across streams the last event’s id tells a repetition. */
function isKnown(command: RecordDelivery | RecordDeliveryFailure, { attempts, delivered }: Subscriber): boolean {
  if (command.type === 'RecordDeliveryFailure') return command.attempt !== attempts + 1;
  if (delivered === undefined) return false;
  if (command.lastEventId === delivered.lastEventId) return true;
  return command.stream === delivered.stream && command.revision <= delivered.revision;
}
