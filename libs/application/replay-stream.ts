import type { EventMeta } from '#kernel/define-event.js';
import type { Opened, Sealed } from '#kernel/sealed.js';
import { isSealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { EventStore, Position, StoredEvent } from '#ports/event-store/event-store.js';
import type { Opener } from '#ports/opener/opener.js';
import type { Codec } from './codec.js';

export interface ReplayRange {
  /** First revision, included. */
  readonly from?: number;
  readonly limit?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** Only events recorded at or before this instant: the stream as it stood then. */
  readonly recordedUntil?: Instant;
  /** True: personal values are opened (and the caller may read them); false, the default: they stay sealed. */
  readonly open?: boolean;
}

/** An event of a replayed stream. A personal field is `Sealed`, or `Opened` when the range asked for it. */
export interface ReplayedEvent {
  readonly type: string;
  readonly version: number;
  readonly position: Position;
  readonly meta: EventMeta;
  readonly data: Readonly<Record<string, unknown | Sealed<unknown> | Opened<unknown>>>;
  /** Names of the personal fields present in `data`. */
  readonly personal: readonly string[];
}

export interface ReplayParts {
  readonly eventStore: EventStore;
  readonly codec: Codec;
  readonly opener: Opener;
  /** Events that are left out of every replay. */
  readonly hidden?: (event: Pick<ReplayedEvent, 'type' | 'data'>) => boolean;
}

const PAGE = 100;

/**
 * Replays a stream as it is, or as it stood at an instant (events recorded up to then). Values are opened a page at a
 * time; one that was erased since reads as erased, at whatever date one looks.
 */
export async function* replayStream(
  { eventStore, codec, opener, hidden = () => false }: ReplayParts,
  name: string,
  range: ReplayRange = {},
): AsyncGenerator<ReplayedEvent> {
  const { from, direction, recordedUntil, limit = Number.POSITIVE_INFINITY, open = false } = range;
  let left = limit;
  let page: ReplayedEvent[] = [];
  const finish = async () => {
    const ready = open ? await opened(opener, page) : page;
    page = [];
    return ready;
  };
  const options = {
    ...(from === undefined ? {} : { from }),
    ...(direction === undefined ? {} : { direction }),
  };
  if (left <= 0) return;
  for await (const stored of eventStore.readStream(name, options)) {
    const replayed = replay(codec, stored);
    if (recordedUntil !== undefined && replayed.meta.recordedAt > recordedUntil) continue;
    if (hidden(replayed)) continue;
    page.push(replayed);
    left -= 1;
    if (page.length >= PAGE) yield* await finish();
    if (left <= 0) break;
  }
  yield* await finish();
}

function replay(codec: Codec, stored: StoredEvent): ReplayedEvent {
  const { type, version, data, meta } = codec.decode(stored).event;
  const personal = Object.keys(data).filter((name) => isSealed(data[name]));
  return { type, version, position: stored.position, meta, data, personal };
}

async function opened(opener: Opener, page: readonly ReplayedEvent[]): Promise<readonly ReplayedEvent[]> {
  const values = page.flatMap(({ data, personal }) => personal.map((name) => data[name] as Sealed<unknown>));
  const answers = values.length === 0 ? [] : await opener.open(values);
  let next = 0;
  return page.map((event) => {
    const data: Record<string, unknown> = { ...event.data };
    for (const name of event.personal) {
      data[name] = answers[next];
      next += 1;
    }
    return { ...event, data };
  });
}
