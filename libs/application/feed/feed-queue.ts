import type { Instant } from '#kernel/time.js';
import type { Position } from '#ports/event-store/event-store.js';
import { subscribersOf } from '#views/subscriber-queries.js';
import type { SubscriberDocument } from '#views/subscribers.js';
import { codeOf } from '../fault.js';
import type { Temoin } from '../temoin.js';
import { placeInLog } from './place-in-log.js';
import { subscriberFeed } from './subscriber-feed.js';

/** What subscribers have not been given yet: figures only. */
export interface FeedQueue {
  /** Public events over all active and paused subscribers, counted for each up to a bound. */
  readonly waiting: number;
  /** When the oldest of these was recorded; undefined where none waits. */
  readonly waitingSince: Instant | undefined;
  /** Subscribers that wait for a person to resume or end them. */
  readonly paused: number;
}

interface Counted {
  /** Where it stood when the count began. */
  readonly from: string;
  scanned: Position;
  waiting: number;
  oldest: Instant | undefined;
}

/** Faults of what is stored, not of the store: they concern one subscriber. */
const STUCK = new Set(['place-unknown', 'unknown-event', 'damaged-event']);

/**
 * Counts what waits. From one question to the next it remembers how far it has looked, so that a long log is not read again at
 * each scrape; at one question it reads no more than `most` stored events for each subscriber.
 */
export function feedQueue(
  temoin: Pick<Temoin, 'eventStore' | 'viewStore' | 'decode'>,
  most: number,
): () => Promise<FeedQueue> {
  const known = new Map<string, Counted>();
  /** Of one that cannot be read on: what was counted, and what it is stuck at. */
  const stuck = (before?: Counted) => ({ waiting: (before?.waiting ?? 0) + 1, oldest: before?.oldest });

  async function countedFor(one: SubscriberDocument): Promise<Counted> {
    const place = one.delivered ?? one.registration;
    let counted = known.get(one.subscriberId);
    if (counted?.from !== place.eventId) {
      const scanned = await placeInLog(temoin.eventStore, place);
      counted = { from: place.eventId, scanned, waiting: 0, oldest: undefined };
    }
    known.set(one.subscriberId, counted);
    const { streamPrefixes, eventOf } = subscriberFeed(one.topics, '', temoin.decode);
    const range = { streamPrefixes, after: counted.scanned, limit: most };
    if (counted.waiting < most)
      for await (const stored of temoin.eventStore.readAll(range)) {
        const outgoing = eventOf(stored);
        counted.scanned = stored.position;
        if (outgoing === undefined) continue;
        counted.waiting += 1;
        counted.oldest ??= outgoing.event.time;
        if (counted.waiting >= most) break;
      }
    return counted;
  }

  return async () => {
    const active = await subscribersOf(temoin, 'active');
    const paused = await subscribersOf(temoin, 'paused');
    const counts: Pick<Counted, 'waiting' | 'oldest'>[] = [];
    for (const one of [...active, ...paused])
      counts.push(
        await countedFor(one).catch((error: unknown) => {
          if (!STUCK.has(codeOf(error) ?? '')) throw error;
          return stuck(known.get(one.subscriberId));
        }),
      );
    const [waitingSince] = counts.flatMap(({ oldest }) => (oldest === undefined ? [] : [oldest])).sort();
    return { waiting: counts.reduce((sum, { waiting }) => sum + waiting, 0), waitingSince, paused: paused.length };
  };
}
