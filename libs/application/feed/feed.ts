import type { Position } from '#ports/event-store/event-store.js';
import { membersView } from '#views/members.js';
import { subscribersOf } from '#views/subscriber-queries.js';
import { type SubscriberDocument, subscribersView } from '#views/subscribers.js';
import { codeOf } from '../fault.js';
import type { Alarm } from '../projection/reports.js';
import { serially } from '../serially.js';
import { type DeliverOptions, deliver, type Reading } from './deliver.js';
import { FeedError } from './feed-error.js';
import { placeInLog } from './place-in-log.js';

/** Gives subscribers what the log holds for them, from where each of them stands. One process of an installation at a time. */
export interface Feed {
  /** Looks now, and waits until the turns that it began are over. Never throws. */
  look(): Promise<void>;
  /** Gives up what is being sent; it is sent again by whoever comes next. */
  stop(): Promise<void>;
}

export interface FeedOptions extends DeliverOptions {
  readonly onAlarm: (alarm: Alarm) => void;
  /** How often the log is looked at, in milliseconds of the machine: with somebody to give to, and without. */
  readonly lookEveryMs?: number;
  readonly idleEveryMs?: number;
  /** After a fault of our own, with one subscriber: doubled each time, in milliseconds of the machine. */
  readonly backoff?: { readonly firstMs: number; readonly mostMs: number };
}

const PATIENCE_MS = 5000;
/** What is read has to be seen by these first: who subscribes, and whose data may not be used. */
const VIEWS = [subscribersView, membersView];

/**
 * Looks at the head of the log now and then, rather than following it: while nobody subscribes, an event that is stored
 * costs nothing here. Each subscriber has its own turns, so that one that does not answer holds up no other.
 */
export function startFeed(options: FeedOptions): Feed {
  const { temoin, onAlarm, lookEveryMs = 1000, idleEveryMs = 5000 } = options;
  const { backoff = { firstMs: 1000, mostMs: 60_000 } } = options;
  const stopping = new AbortController();
  const inTurn = serially();
  const readings = new Map<string, Reading>();
  const turns = new Map<string, Promise<void>>();
  const stuck = new Map<string, { readonly failures: number; readonly until: number }>();
  let active: readonly SubscriberDocument[] = [];
  let seen: Position | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;

  async function look(): Promise<void> {
    // a turn that ends while the view is read may have written what the view does not show yet
    const busy = new Set(turns.keys());
    const head = await temoin.eventStore.head();
    if (head === undefined) return;
    if (head !== seen) {
      for (const { schema } of VIEWS)
        if (!(await temoin.waitFor(schema.name, head, PATIENCE_MS))) throw new FeedError('views-behind');
      active = await subscribersOf(temoin, 'active');
      const ids = new Set(active.map(({ subscriberId }) => subscriberId));
      for (const one of readings.keys()) if (!ids.has(one)) readings.delete(one);
      seen = head;
    }
    for (const one of active)
      if (!busy.has(one.subscriberId) && isDue(one, head)) turns.set(one.subscriberId, turnOf(one));
  }

  function isDue({ subscriberId, nextAt }: SubscriberDocument, head: Position): boolean {
    if ((stuck.get(subscriberId)?.until ?? 0) > performance.now()) return false;
    if (nextAt !== undefined && nextAt > temoin.clock.now()) return false;
    const reading = readings.get(subscriberId);
    return reading === undefined || reading.after < head;
  }

  async function turnOf(one: SubscriberDocument): Promise<void> {
    const { subscriberId, delivered, registration } = one;
    try {
      const reading = readings.get(subscriberId) ?? {
        after: await placeInLog(temoin.eventStore, delivered ?? registration),
      };
      readings.set(subscriberId, reading);
      await deliver(options, one, reading, stopping.signal);
      stuck.delete(subscriberId);
    } catch (error) {
      const failures = Math.min((stuck.get(subscriberId)?.failures ?? 0) + 1, 20);
      const retryInMs = Math.min(backoff.mostMs, backoff.firstMs * 2 ** (failures - 1));
      stuck.set(subscriberId, { failures, until: performance.now() + retryInMs });
      if (!stopping.signal.aborted)
        onAlarm({ kind: 'feed-stuck', subscriberId, code: codeOf(error) ?? 'fault', retryInMs });
    } finally {
      turns.delete(subscriberId);
    }
  }

  const looked = () =>
    inTurn('look', async () => {
      if (stopping.signal.aborted) return;
      await look();
      failures = 0;
    }).catch((error: unknown) => {
      failures += 1;
      // the first time, and then less and less often: a view that is built anew takes its time
      const isTold = (failures & (failures - 1)) === 0 && !stopping.signal.aborted;
      if (isTold) onAlarm({ kind: 'feed-unavailable', code: codeOf(error) ?? 'fault' });
    });

  function goOn(): void {
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => void looked().then(goOn), active.length > 0 && failures === 0 ? lookEveryMs : idleEveryMs);
    timer.unref();
  }
  void looked().then(goOn);

  return {
    async look() {
      await looked();
      await Promise.all(turns.values());
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await inTurn('look', async () => undefined);
      await Promise.all(turns.values());
    },
  };
}
