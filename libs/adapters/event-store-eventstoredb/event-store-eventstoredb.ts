import { setMaxListeners } from 'node:events';
import { checkAppend } from '#ports/event-store/check-append.js';
import {
  type EventStore,
  EventStoreError,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
} from '#ports/event-store/event-store.js';
import { sequenceOf } from '#ports/event-store/position.js';
import { append } from './append.js';
import { openBatchStream } from './batch.js';
import { refuseUnfitOptions, unreadable } from './connection-string.js';
import { farEvents } from './far-read.js';
import { asEventStoreError, isUnknown, otherLog } from './faults.js';
import { isNoPlace } from './no-place.js';
import { quietEdge } from './quiet-edge.js';
import { storedEventOf } from './recorded.js';
import { allRequest, streamRequest } from './requests.js';
import { follow } from './subscribe.js';
import { isTooOld, tooOld } from './versions.js';
import { answersOf, within } from './watched.js';
import { openWire, type Wire } from './wire.js';

export interface EventStoreDbSettings {
  /** `esdb://user:password@host:2113` (TLS unless `?tls=false`), or `esdb+discover://…` for a cluster. */
  readonly connectionString: string;
  /** How long to wait for an answer before its outcome is taken for unknown, in milliseconds. Default 5 s. */
  readonly patience?: number;
  /** First and longest wait of a subscription before it connects again, in milliseconds. Default 100 ms, 5 s. */
  readonly backOff?: { readonly first: number; readonly longest: number };
  /**
   * So close to the end of the log a read of some streams is a plain one; from farther away it goes by subscription. In bytes
   * of the log. Default 512 MiB: what a server may look through between two words of how far it is.
   */
  readonly near?: number;
}

const NEAR = 512 * 1024 * 1024;

/** How often the end of the log is asked for while somebody follows, in milliseconds. */
const HEAD_EVERY = 250;

/**
 * Opens an event store on EventStoreDB 22.10 or later. Appends have a connection of their own, so that a broken
 * subscription never takes them along.
 * @throws EventStoreError `unavailable` not reachable, wrong credentials, too old, not an EventStoreDB; the message says what to check
 */
export async function openEventStoreDb(settings: EventStoreDbSettings): Promise<EventStore> {
  const { patience = 5000, backOff = { first: 100, longest: 5000 }, near = NEAR } = settings;
  const [appends, reads] = openWires(settings.connectionString);
  const batch = openBatchStream(appends);
  const closing = new AbortController();
  // every reading under way listens to it
  setMaxListeners(0, closing.signal);
  const inFlight = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;
  const refuseIfClosed = () => {
    if (closing.signal.aborted) throw new EventStoreError('closed', 'the event store is closed');
  };

  /** Stored events of one call. */
  async function* plain(request: ReturnType<typeof streamRequest>): AsyncGenerator<StoredEvent> {
    for await (const answer of answersOf(reads, request, patience, closing.signal)) {
      if (answer.hasStreamNotFound()) return;
      const event = storedEventOf(answer);
      if (event) yield event;
    }
  }

  /** Until the store is closed; what the server says of a fault in the port's words. */
  async function* told(events: AsyncIterable<StoredEvent>, after?: number): AsyncGenerator<StoredEvent> {
    try {
      yield* events;
    } catch (error) {
      if (after !== undefined && isUnknown(error) && (await isNoPlace(reads, after, patience, closing.signal)))
        throw otherLog();
      throw asEventStoreError(error);
    }
    refuseIfClosed();
  }
  const events = (request: ReturnType<typeof streamRequest>) => told(plain(request));

  /** From a position on, which is given again; of some streams, the long way to the end by subscription. */
  async function* from(after: number | undefined, streamPrefixes: readonly string[] | undefined, end: number) {
    const signal = closing.signal;
    const reached =
      streamPrefixes === undefined
        ? after
        : yield* farEvents(reads, { after, streamPrefixes, end, near, patience, signal });
    yield* plain(allRequest({ from: reached, streamPrefixes }));
  }

  async function first(request: ReturnType<typeof streamRequest>): Promise<StoredEvent | undefined> {
    for await (const event of events(request)) return event;
    return undefined;
  }
  const head = () => first(allRequest({ backwards: true, limit: 1 }));
  const edge = quietEdge(async () => (await head())?.position, HEAD_EVERY);

  async function readBack(stream: string, from: number, limit: number): Promise<readonly StoredEvent[]> {
    const found: StoredEvent[] = [];
    const request =
      from < 0
        ? streamRequest(stream, { backwards: true, from: undefined, limit })
        : streamRequest(stream, { backwards: false, from, limit });
    for await (const answer of answersOf(reads, request, patience, new AbortController().signal)) {
      const event = storedEventOf(answer);
      if (event) found.push(event);
    }
    return found;
  }

  const store: EventStore = {
    async append(stream, expected, newEvents) {
      refuseIfClosed();
      checkAppend(stream, newEvents);
      const appending = append(batch, readBack, { stream, expected, events: newEvents }, patience);
      inFlight.add(appending);
      try {
        const appended = await appending;
        edge.appended(appended.position);
        return appended;
      } finally {
        inFlight.delete(appending);
      }
    },

    async *readStream(stream, options: ReadStreamOptions = {}) {
      refuseIfClosed();
      if (options.limit !== undefined && options.limit <= 0) return;
      if (stream === '' || stream.startsWith('$')) return;
      const backwards = options.direction === 'backwards';
      yield* events(streamRequest(stream, { backwards, from: options.from, limit: options.limit }));
    },

    async *readAll(options: ReadAllOptions = {}) {
      refuseIfClosed();
      const after = options.after === undefined ? undefined : sequenceOf(options.after);
      const { streamPrefixes } = options;
      let left = options.limit ?? Number.POSITIVE_INFINITY;
      if (left <= 0 || streamPrefixes?.length === 0) return;
      const end = (await head())?.position;
      if (end === undefined || (after !== undefined && after >= sequenceOf(end))) return;
      let last = options.after;
      for await (const event of told(from(after, streamPrefixes, sequenceOf(end)), after)) {
        if (event.position > end) return;
        if (last !== undefined && event.position <= last) continue;
        last = event.position;
        if (options.withoutTypes?.includes(event.type)) continue;
        yield event;
        left -= 1;
        if (left <= 0) return;
      }
    },

    async *subscribe(options = {}) {
      refuseIfClosed();
      const after = options.after === undefined ? undefined : sequenceOf(options.after);
      const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
      yield* follow(reads, { after, streamPrefixes: options.streamPrefixes, signal, edge, patience, near, backOff });
    },

    async head() {
      refuseIfClosed();
      return (await head())?.position;
    },

    close() {
      closed ??= (async () => {
        closing.abort();
        await Promise.allSettled(inFlight);
        await Promise.all([appends.dispose(), reads.dispose()]);
      })();
      return closed;
    },
  };

  try {
    await store.head();
    const version = await within(reads.serverVersion(), patience);
    if (isTooOld(version)) throw new EventStoreError('unavailable', tooOld(version));
  } catch (error) {
    await store.close();
    throw asEventStoreError(error);
  }
  return store;
}

function openWires(connectionString: string): readonly [Wire, Wire] {
  refuseUnfitOptions(connectionString);
  try {
    return [openWire(connectionString), openWire(connectionString)];
  } catch (error) {
    throw unreadable(error);
  }
}
