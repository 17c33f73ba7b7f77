import type { Position, StoredEvent } from '#ports/event-store/event-store.js';
import { type MemberDocument, membersView } from '#views/members.js';
import type { Temoin } from '../temoin.js';
import type { CloudEvent } from './cloud-event.js';
import type { Outgoing, SubscriberFeed } from './subscriber-feed.js';

/** What one delivery holds at the most. A single event that is larger goes alone. */
export const MOST_EVENTS = 100;
export const MOST_BYTES = 256 * 1024;
/** Stored events looked at for one batch: what is not for this subscriber takes its turn too. */
const MOST_READ = 2000;

export interface FeedBatch {
  /** In the order of the log. */
  readonly events: readonly CloudEvent[];
  /** Public ids of the notices among them. */
  readonly notices: readonly string[];
  /** The last stored event that was looked at; undefined: there was none. */
  readonly last: StoredEvent | undefined;
  /** Left out because the member's data may not be used now. */
  readonly heldOut: number;
  /** Nothing more was stored when this was read. */
  readonly isEnd: boolean;
}

/**
 * Reads on from a place in the log until a delivery is full or the end is reached.
 * @param upTo no further than this: a batch that failed is sent again as it was
 * @throws what the stores throw; TemoinError where the next event cannot be decoded
 */
export async function nextBatch(
  { eventStore, viewStore }: Pick<Temoin, 'eventStore' | 'viewStore'>,
  { streamPrefixes, eventOf }: SubscriberFeed,
  after: Position,
  upTo?: Position,
): Promise<FeedBatch> {
  const found: Outgoing[] = [];
  let bytes = 0;
  let read = 0;
  let last: StoredEvent | undefined;
  let isEnd = true;
  for await (const stored of eventStore.readAll({ streamPrefixes, after, limit: MOST_READ })) {
    const isBeyond = upTo !== undefined && stored.position > upTo;
    if (isBeyond || found.length === MOST_EVENTS) {
      isEnd = false;
      break;
    }
    let one: Outgoing | undefined;
    try {
      one = eventOf(stored);
    } catch (error) {
      // what came before it is given; the next turn begins with it and says so
      if (found.length === 0) throw error;
      isEnd = false;
      break;
    }
    const size = one === undefined ? 0 : Buffer.byteLength(JSON.stringify(one.event)) + 1;
    if (found.length > 0 && bytes + size > MOST_BYTES) {
      isEnd = false;
      break;
    }
    if (one !== undefined) found.push(one);
    bytes += size;
    read += 1;
    last = stored;
  }
  const restricted = await restrictedAmong({ viewStore }, found);
  const sent = found.filter(({ isNotice, memberId }) => isNotice || !restricted.has(memberId));
  return {
    events: sent.map(({ event }) => event),
    notices: sent.flatMap(({ isNotice, event }) => (isNotice ? [event.id] : [])),
    last,
    heldOut: found.length - sent.length,
    isEnd: isEnd && read < MOST_READ,
  };
}

/** Whose data is kept and not used now (GDPR 18), as far as the view of members has seen. */
async function restrictedAmong(
  { viewStore }: Pick<Temoin, 'viewStore'>,
  found: readonly Outgoing[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(found.filter(({ isNotice }) => !isNotice).map(({ memberId }) => memberId))];
  if (ids.length === 0) return new Set();
  const members = await viewStore.load(membersView.schema, 'members', ids);
  return new Set(
    [...members].flatMap(([id, { document }]) => ((document as unknown as MemberDocument).restricted ? [id] : [])),
  );
}
