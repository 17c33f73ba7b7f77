import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '#ports/event-store/event-store.js';
import { positionOf } from '#ports/event-store/position.js';
import type { Connection } from '#sqlite/connect.js';
import { mayPass } from './faults.js';
import { PAGE_ROWS } from './operations.js';
import { type EventsPage, logPage } from './pages.js';

const RETRY_AFTER = 250;

/**
 * History and live are the same thing: read a page after the last position; at the end, wait to be told that the log has
 * grown. The next page is read when the consumer has taken the whole of this one, so a slow consumer holds one page.
 */
export async function* follow(
  connection: Connection,
  after: number,
  prefixes: readonly string[] | undefined,
  signal: AbortSignal,
): AsyncGenerator<Delivery> {
  const growth = growthOf(connection, signal);
  try {
    for (let at = after; !signal.aborted; ) {
      const page = await patiently(() => logPage(connection, at, undefined, prefixes, PAGE_ROWS), signal);
      if (!page) return;
      for (const event of page.events) {
        if (signal.aborted) return;
        yield { kind: 'event', event };
      }
      const last = page.events.at(-1);
      if (page.scanned > at && (!last || last.position < positionOf(page.scanned)) && !signal.aborted)
        yield { kind: 'checkpoint', position: positionOf(page.scanned) };
      at = page.scanned;
      if (at >= page.end) await growth.beyond(page.end);
    }
  } finally {
    growth.stop();
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

/** Listens from before the first read, so that no growth is missed between a read and the wait. */
function growthOf(connection: Connection, signal: AbortSignal) {
  let end = 0;
  let troubled = false;
  let wake: (() => void) | undefined;
  const awaken = () => wake?.();
  const unwatch = connection.watch((notice) => {
    if (typeof notice === 'number') end = notice;
    else troubled = true;
    awaken();
  });
  signal.addEventListener('abort', awaken);
  return {
    /** Until the log is longer, there is trouble to look at, or the signal is given. */
    async beyond(known: number): Promise<void> {
      while (end <= known && !troubled && !signal.aborted && !connection.closed)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      troubled = false;
    },
    stop() {
      unwatch();
      signal.removeEventListener('abort', awaken);
    },
  };
}
