import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '#ports/event-store/event-store.js';
import { positionOf, sequenceOf } from '#ports/event-store/position.js';
import { asEventStoreError, isRefusal } from './faults.js';
import { storedEventOf } from './recorded.js';
import { allRequest } from './requests.js';
import { answersOf } from './watched.js';
import type { Wire } from './wire.js';

export interface Following {
  readonly after: number | undefined;
  readonly streamPrefixes: readonly string[] | undefined;
  readonly signal: AbortSignal;
  /** First wait before connecting again, and the longest, in milliseconds. */
  readonly backOff: { readonly first: number; readonly longest: number };
}

/** A subscription is silent as long as nothing happens; the client's keep-alive notices a dead server. */
const FOREVER = 2 ** 31 - 1;

/**
 * History, then live, for ever. The server's subscription ends with every break and never comes back by itself: it is asked
 * for again after the last thing delivered. What the server gives again (it does after some checkpoints) is dropped.
 */
export async function* follow(
  wire: Wire,
  { after, streamPrefixes, signal, backOff }: Following,
): AsyncGenerator<Delivery> {
  let last = after;
  let wait = backOff.first;
  while (!signal.aborted) {
    try {
      const request = allRequest({ from: last, streamPrefixes, subscription: true });
      for await (const answer of answersOf(wire, request, FOREVER, signal)) {
        const event = storedEventOf(answer);
        const delivery: Delivery | undefined = event ? { kind: 'event', event } : checkpointOf(answer);
        if (!delivery) continue;
        wait = backOff.first;
        const sequence = sequenceOf(delivery.kind === 'event' ? delivery.event.position : delivery.position);
        if (last !== undefined && sequence <= last) continue;
        last = sequence;
        yield delivery;
        if (signal.aborted) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isRefusal(error)) throw asEventStoreError(error);
    }
    // Spread, so that the processes of one installation do not all come back at once.
    await sleep(wait * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
    wait = Math.min(wait * 2, backOff.longest);
  }
}

/** How far a stretch without events was scanned. */
function checkpointOf(answer: Parameters<typeof storedEventOf>[0]): Delivery | undefined {
  const checkpoint = answer.getCheckpoint();
  return checkpoint && { kind: 'checkpoint', position: positionOf(BigInt(checkpoint.getCommitPosition())) };
}
