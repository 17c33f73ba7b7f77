import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, StoredEvent } from '#ports/event-store/event-store.js';
import { positionOf, sequenceOf } from '#ports/event-store/position.js';
import type { Connection } from '#sqlite/connect.js';
import { mayPass } from './faults.js';
import { PAGE_ROWS } from './operations.js';
import { type EventsPage, logPage } from './pages.js';
import type { Tail } from './tail.js';

const RETRY_AFTER = 250;
/** Who hears nothing of a growing log is told this often, in milliseconds, how far it was looked through. */
const QUIET = 250;

/**
 * History and live are the same thing: go on after the last position, from memory where the newest events are kept, from
 * the file further back; at the end, wait for the log to grow. More is taken only when the consumer has taken the whole of
 * this, so a slow consumer holds one page.
 */
export async function* follow(
  connection: Connection,
  tail: Tail,
  after: number,
  prefixes: readonly string[] | undefined,
  signal: AbortSignal,
): AsyncGenerator<Delivery> {
  const follower = tail.follower(prefixes, signal);
  /** Of the last delivery: where, and when by the machine's clock. */
  let [told, toldAt] = [after, Number.NEGATIVE_INFINITY];
  let last: StoredEvent | undefined;
  try {
    for (let at = after; !signal.aborted; ) {
      const stretch = follower.troubled() ? undefined : tail.newest.after(at, PAGE_ROWS);
      const page = stretch ?? (await patiently(() => logPage(connection, at, undefined, prefixes, PAGE_ROWS), signal));
      if (!page) return;
      for (const event of page.events) {
        if (signal.aborted) return;
        if (stretch && !follower.wants(event.stream)) continue;
        last = event;
        yield { kind: 'event', event };
      }
      if (last) {
        [told, toldAt] = [sequenceOf(last.position), performance.now()];
        last = undefined;
      }
      at = page.scanned;
      const quiet = performance.now() - toldAt >= QUIET;
      if (at > told && (quiet || !stretch) && !signal.aborted) {
        [told, toldAt] = [at, performance.now()];
        yield { kind: 'checkpoint', position: positionOf(at) };
      }
      if (at >= tail.newest.end) await follower.growth(at, toldAt + QUIET, at > told);
    }
  } finally {
    follower.stop();
  }
}

/** Tries again what may mend by itself; undefined when told to stop. */
async function patiently(read: () => Promise<EventsPage>, signal: AbortSignal): Promise<EventsPage | undefined> {
  while (!signal.aborted) {
    try {
      return await read();
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!mayPass(error)) throw error;
      await sleep(RETRY_AFTER, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}
