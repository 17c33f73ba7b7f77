import type { StoredEvent } from '#ports/event-store/event-store.js';
import { sequenceOf } from '#ports/event-store/position.js';
import { deliveryOf } from './recorded.js';
import { allRequest } from './requests.js';
import { answersOf } from './watched.js';
import type { Wire } from './wire.js';

export interface FarRead {
  readonly after: number | undefined;
  readonly streamPrefixes: readonly string[];
  /** Position of the last event that is wanted. */
  readonly end: number;
  /** So close to the end a plain read finds its way, in bytes of the log. */
  readonly near: number;
  /** How long to wait for each answer, in milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/**
 * A server that looks for the events of rare streams in a long log says nothing until it has found one: a plain read of two
 * million others was silent for three seconds, and one of ten million would be taken for a server that hangs. A subscription
 * says every few hundred events how far it is. So the long way is gone by subscription.
 * @returns up to where everything was given: less than `near` before the end
 */
export async function* farEvents(wire: Wire, read: FarRead): AsyncGenerator<StoredEvent, number | undefined> {
  const { streamPrefixes, end, near, patience, signal } = read;
  let last = read.after;
  const isFar = () => end - (last ?? 0) > near;
  while (isFar() && !signal.aborted) {
    const before = last;
    const request = allRequest({ from: last, streamPrefixes, subscription: true });
    for await (const answer of answersOf(wire, request, patience, signal)) {
      const delivery = deliveryOf(answer);
      if (!delivery) continue;
      const sequence = sequenceOf(delivery.kind === 'event' ? delivery.event.position : delivery.position);
      // the server gives again what it gave, after some checkpoints
      if (last !== undefined && sequence <= last) continue;
      last = sequence;
      if (delivery.kind === 'event') yield delivery.event;
      if (!isFar()) break;
    }
    // one that ended and gave nothing: the plain read finds out why
    if (last === before) break;
  }
  return last;
}
