import { event } from '#kernel/define-event.js';
import { MOST_ATTEMPTS } from './codes.js';
import type { RecordDelivery, RecordDeliveryFailure } from './commands.js';
import { SubscriberDelivered, SubscriberDeliveryFailed, type SubscriberEvent, SubscriberPaused } from './events.js';
import type { Subscriber } from './state.js';

/**
 * What became of a batch. Whoever delivers asks for the state before it sends, and gives the outcome afterwards, as often
 * as it likes: what is known already adds nothing. What arrived is a fact and is written down, even where the subscriber
 * was paused or ended while it was on its way: who was given what must never be unknown. A failure counts towards the next
 * attempt alone, and then there is none.
 */
export function decideDelivery(
  command: RecordDelivery | RecordDeliveryFailure,
  state: Subscriber,
): readonly SubscriberEvent[] {
  if (isKnown(command, state)) return [];
  if (command.type === 'RecordDelivery') {
    const { type: _, follows: __, ...given } = command;
    return [event(SubscriberDelivered, given)];
  }
  if (state.standing !== 'active') return [];
  const { type: _, ...told } = command;
  const { subscriberId, attempt } = told;
  const failed = event(SubscriberDeliveryFailed, told);
  return attempt < MOST_ATTEMPTS ? [failed] : [failed, event(SubscriberPaused, { subscriberId, reason: 'failing' })];
}

/** A process that was frozen since it sent takes nothing back: what follows another batch than the last is known. */
function isKnown(command: RecordDelivery | RecordDeliveryFailure, { attempts, delivered }: Subscriber): boolean {
  if (command.type === 'RecordDeliveryFailure') return command.attempt !== attempts + 1;
  return command.lastEventId === delivered?.lastEventId || command.follows !== delivered?.lastEventId;
}
