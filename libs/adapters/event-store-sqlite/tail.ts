import type { NewEvent } from '#ports/event-store/event-store.js';
import { positionOf } from '#ports/event-store/position.js';
import type { Answered, Connection } from '#sqlite/connect.js';
import { type NewestEvents, newestEvents } from './newest-events.js';
import { type LogArgument, PAGE_ROWS } from './operations.js';
import { eventsOf } from './pages.js';

/** What this process knows of the end of the log, and who waits for more. */
export interface Tail {
  readonly newest: NewestEvents;
  /**
   * Afterwards everything is known that was stored before the call, by whatever process. Those who ask in one turn of the
   * event loop ask once.
   * @throws SqliteFault
   */
  refresh(): Promise<void>;
  /** Takes in an append of this process that is on disk, so that nobody has to read it back. */
  appended(stream: string, events: readonly NewEvent[], revision: number, position: number): void;
  /** Follows the log for somebody until the signal is given. */
  follower(prefixes: readonly string[] | undefined, signal: AbortSignal): Follower;
}

export interface Follower {
  /** True once after the log could not be looked at: whoever follows looks for himself. */
  troubled(): boolean;
  wants(stream: string): boolean;
  /**
   * Until an event that is wanted is beyond `position`, or there is trouble. Of events that are not wanted it tells when the
   * machine's clock has come to `quietUntil`; so it does without any when `owed`.
   */
  growth(position: number, quietUntil: number, owed: boolean): Promise<void>;
  stop(): void;
}

interface Waiting {
  readonly wants: (stream: string) => boolean;
  troubled: boolean;
  position: number;
  quietUntil: number;
  timer: NodeJS.Timeout | undefined;
  wake: (() => void) | undefined;
}

/** @throws SqliteFault */
export async function tailOf(connection: Connection): Promise<Tail> {
  const newest = newestEvents((await connection.call('head', undefined)).value as number);
  const followers = new Set<Waiting>();
  let unwatch: (() => void) | undefined;
  /** End of the log as far as this process was told. */
  let announced = newest.end;

  const wake = (one: Waiting) => {
    clearTimeout(one.timer);
    one.timer = undefined;
    one.wake?.();
  };
  const wakeLater = (one: Waiting, now: number) => {
    one.timer ??= setTimeout(wake, one.quietUntil - now, one).unref();
  };
  /** @param before position up to which nothing is new */
  const grown = (before: number) => {
    if (newest.end <= before || followers.size === 0) return;
    const fresh = newest.after(before, Number.POSITIVE_INFINITY)?.events;
    const now = performance.now();
    for (const one of followers) {
      if (one.wake === undefined || one.position >= newest.end) continue;
      if (now >= one.quietUntil || !fresh || fresh.some((event) => one.wants(event.stream))) wake(one);
      else wakeLater(one, now);
    }
  };
  const trouble = () => {
    for (const one of followers) {
      one.troubled = true;
      wake(one);
    }
  };

  /** A question that has not left yet, and what comes of it. */
  let asked: Promise<Answered> | undefined;
  let answered: Promise<void> = Promise.resolve();
  const refresh = (): Promise<void> => {
    const end = connection.join('head');
    if (end !== asked) {
      asked = end;
      answered = end.then(({ value }) => ((value as number) > newest.end ? readOn() : undefined));
    }
    return answered;
  };
  /** What this process appended it knows as soon as it is answered: here are events of others. */
  async function readOn(): Promise<void> {
    const argument: LogArgument = [newest.end, undefined, undefined, PAGE_ROWS];
    const page = eventsOf(await connection.call('readLog', argument));
    const before = newest.end;
    // further than a page behind: what lies between is read by those who want it
    if (page.scanned >= page.end) for (const event of page.events) newest.push(event);
    else if (page.end > before) newest.restart(page.end);
    grown(before);
  }
  /** Where nobody waits for it, nothing is read: whoever is busy costs no memory meanwhile. */
  const catchUp = () => {
    if (announced <= newest.end) return;
    for (const { wake: waiting } of followers) if (waiting) return void refresh().catch(trouble);
  };

  return {
    newest,
    refresh,
    appended(stream, events, revision, position) {
      const before = newest.end;
      if (position <= before) return;
      // another process was in between
      if (position - events.length > before) {
        announced = Math.max(announced, position);
        catchUp();
        return;
      }
      for (const [index, { eventId, type, data, metadata }] of events.entries()) {
        const back = events.length - 1 - index;
        const at = { stream, revision: revision - back, position: positionOf(position - back) };
        newest.push({ eventId, type, data, metadata, ...at });
      }
      grown(before);
    },
    follower(prefixes, signal) {
      const wants = (stream: string) => prefixes?.some((prefix) => stream.startsWith(prefix)) ?? true;
      const one: Waiting = { wants, troubled: false, position: 0, quietUntil: 0, timer: undefined, wake: undefined };
      followers.add(one);
      unwatch ??= connection.watch((notice) => {
        if (typeof notice !== 'number') return trouble();
        announced = Math.max(announced, notice);
        catchUp();
      });
      const awaken = () => wake(one);
      signal.addEventListener('abort', awaken);
      return {
        wants,
        troubled() {
          const { troubled } = one;
          one.troubled = false;
          return troubled;
        },
        async growth(position, quietUntil, owed) {
          if (signal.aborted || one.troubled || connection.closed || newest.end > position) return;
          Object.assign(one, { position, quietUntil });
          await new Promise<void>((resolve) => {
            one.wake = resolve;
            if (owed) wakeLater(one, performance.now());
            catchUp();
          });
          one.wake = undefined;
        },
        stop() {
          wake(one);
          followers.delete(one);
          signal.removeEventListener('abort', awaken);
          if (followers.size > 0) return;
          unwatch?.();
          unwatch = undefined;
        },
      };
    },
  };
}
