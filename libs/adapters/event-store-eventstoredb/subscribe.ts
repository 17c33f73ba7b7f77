import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, Position } from '#ports/event-store/event-store.js';
import { sequenceOf } from '#ports/event-store/position.js';
import { asEventStoreError, isRefusal, isUnknown, otherLog } from './faults.js';
import { isNoPlace } from './no-place.js';
import { nudged } from './nudged.js';
import type { QuietEdge } from './quiet-edge.js';
import { deliveryOf, storedEventOf } from './recorded.js';
import { allRequest } from './requests.js';
import { answersOf } from './watched.js';
import type { Wire } from './wire.js';

export interface Following {
  readonly after: number | undefined;
  readonly streamPrefixes: readonly string[] | undefined;
  readonly signal: AbortSignal;
  readonly edge: QuietEdge;
  /** How long to wait for the answer to a read, in milliseconds. */
  readonly patience: number;
  /** So close to the end a plain read finds its way, in bytes of the log. */
  readonly near: number;
  /** First wait before connecting again, and the longest, in milliseconds. */
  readonly backOff: { readonly first: number; readonly longest: number };
}

/** A subscription is silent as long as nothing happens; the client's keep-alive notices a dead server. */
const FOREVER = 2 ** 31 - 1;
/** So long must a subscription be silent before the log is looked at beside it, in milliseconds. */
const SILENCE = 25;
/** So often in a row is a position refused before it is asked whether the fault is the position's. */
const REFUSALS = 5;

/**
 * History, then live, for ever. The server's subscription ends with every break and never comes back by itself: it is asked
 * for again after the last thing delivered. What the server gives again (it does after some checkpoints) is dropped.
 * @throws EventStoreError `invalid-position` where a server that answers other calls has no event at the position
 */
export async function* follow(wire: Wire, following: Following): AsyncGenerator<Delivery> {
  const { streamPrefixes, signal, backOff, edge, patience } = following;
  let last = following.after;
  let wait = backOff.first;
  let refusals = 0;
  while (!signal.aborted) {
    const request = allRequest({ from: last, streamPrefixes, subscription: true });
    const answers = nudged(answersOf(wire, request, FOREVER, signal), SILENCE);
    const unwatch = edge.watch(answers.nudge);
    try {
      for await (const answer of answers) {
        const delivery = answer === 'silence' ? await quietUpTo(wire, following, last) : deliveryOf(answer);
        if (!delivery) continue;
        wait = backOff.first;
        refusals = 0;
        const sequence = sequenceOf(delivery.kind === 'event' ? delivery.event.position : delivery.position);
        if (last !== undefined && sequence <= last) continue;
        last = sequence;
        yield delivery;
        if (signal.aborted) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isRefusal(error)) throw asEventStoreError(error);
      refusals = isUnknown(error) ? refusals + 1 : 0;
    } finally {
      unwatch();
    }
    if (last !== undefined && refusals >= REFUSALS && (await isNoPlace(wire, last, patience, signal))) throw otherLog();
    // Spread, so that the processes of one installation do not all come back at once.
    await sleep(wait * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
    wait = Math.min(wait * 2, backOff.longest);
  }
}

/**
 * The end of the log, where nothing wanted lies between the last delivery and it. The log is final up to an end that was
 * seen, so this holds whatever the subscription itself is doing.
 */
async function quietUpTo(
  wire: Wire,
  { edge, streamPrefixes, signal, patience, near }: Following,
  last: number | undefined,
): Promise<Delivery | undefined> {
  const end: Position | undefined = edge.end();
  if (end === undefined || (last !== undefined && sequenceOf(end) <= last)) return undefined;
  // still far behind: the server says by itself, every few hundred events, how far it is
  if (sequenceOf(end) - (last ?? 0) > near) return undefined;
  // Two, since reading starts at the last delivery itself.
  const request = allRequest({ from: last, streamPrefixes, limit: 2 });
  if (streamPrefixes === undefined || streamPrefixes.length > 0)
    for await (const answer of answersOf(wire, request, patience, signal)) {
      const event = storedEventOf(answer);
      if (event && event.position <= end && (last === undefined || sequenceOf(event.position) > last)) return undefined;
    }
  return { kind: 'checkpoint', position: end };
}
