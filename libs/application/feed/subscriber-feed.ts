import type { SubscriberTopic } from '#domain/subscriber/codes.js';
import type { StoredEvent } from '#ports/event-store/event-store.js';
import type { Temoin } from '../temoin.js';
import { type CloudEvent, cloudEventOf } from './cloud-event.js';
import type { FeedEvent } from './feed-event.js';
import { feedEvents } from './feed-events.js';

/** What one subscriber is given of the log. */
export interface SubscriberFeed {
  /** Streams in which there may be something for it. */
  readonly streamPrefixes: readonly string[];
  /**
   * What a stored event is to it; undefined: nothing.
   * @throws TemoinError when it cannot be decoded: what comes behind it waits, since order is promised
   */
  eventOf(stored: StoredEvent): Outgoing | undefined;
}

export interface Outgoing {
  readonly event: CloudEvent;
  readonly isNotice: boolean;
  /** Whom it is about. */
  readonly memberId: string;
}

/** Where a type of stored event is written. */
const PREFIX: Readonly<Record<SubscriberTopic, string>> = {
  consent: 'session-',
  session: 'session-',
  request: 'request-',
  complaint: 'complaint-',
};
const OF_NOTICES = ['custody-', 'member-', 'session-'];

export function subscriberFeed(
  topics: readonly SubscriberTopic[],
  source: string,
  decode: Temoin['decode'],
): SubscriberFeed {
  const wanted = new Map<string, FeedEvent>();
  for (const one of feedEvents) if (one.topic === 'data' || topics.includes(one.topic)) wanted.set(one.of.type, one);
  return {
    streamPrefixes: [...new Set([...topics.map((topic) => PREFIX[topic]), ...OF_NOTICES])],
    eventOf(stored) {
      const one = wanted.get(stored.type);
      if (one === undefined) return undefined;
      const decoded = decode(stored);
      const event = cloudEventOf(one, decoded, source);
      if (event === undefined) return undefined;
      return { event, isNotice: one.topic === 'data', memberId: String(decoded.data.memberId) };
    },
  };
}
