import { checkAppend } from '#ports/event-store/check-append.js';
import {
  type Appended,
  type Delivery,
  type EventStore,
  EventStoreError,
  type ExpectedRevision,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  type SubscribeOptions,
} from '#ports/event-store/event-store.js';
import { positionOf, sequenceOf } from '#ports/event-store/position.js';
import { copyOf, type MemoryLog, memoryLog } from './memory-log.js';

/** How many events of other streams a subscription scans before it says how far it is. */
const SCAN = 512;

/** For tests: forgets everything with the process. */
export function memoryEventStore(log: MemoryLog = memoryLog()): EventStore {
  const closing = new AbortController();
  const refuseIfClosed = () => {
    if (closing.signal.aborted) throw new EventStoreError('closed', 'the event store is closed');
  };

  return {
    async append(stream, expected, events) {
      refuseIfClosed();
      checkAppend(stream, events);
      return appendTo(log, stream, expected, events);
    },

    async *readStream(stream, options = {}) {
      refuseIfClosed();
      for (const event of selectFromStream(log.streams.get(stream) ?? [], options)) {
        refuseIfClosed();
        yield copyOf(event);
      }
    },

    async *readAll(options = {}) {
      refuseIfClosed();
      const end = log.events.length;
      const wanted = prefixFilter(options);
      let left = options.limit ?? Number.POSITIVE_INFINITY;
      for (let at = options.after === undefined ? 0 : sequenceOf(options.after); at < end && left > 0; at += 1) {
        refuseIfClosed();
        const event = log.events[at];
        if (!event || !wanted(event) || options.withoutTypes?.includes(event.type)) continue;
        left -= 1;
        yield copyOf(event);
      }
    },

    async *subscribe(options = {}): AsyncGenerator<Delivery> {
      refuseIfClosed();
      const wanted = prefixFilter(options);
      const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
      let at = options.after === undefined ? 0 : sequenceOf(options.after);
      let scanned = 0;
      while (!signal.aborted) {
        const event = log.events[at];
        if (event) at += 1;
        if (event && wanted(event)) {
          scanned = 0;
          yield { kind: 'event', event: copyOf(event) };
        } else if (scanned > 0 && (!event || scanned >= SCAN)) {
          scanned = 0;
          yield { kind: 'checkpoint', position: positionOf(at) };
        } else if (event) scanned += 1;
        else await nextAppend(log, at, signal);
      }
    },

    async head() {
      refuseIfClosed();
      return log.events.at(-1)?.position;
    },

    async close() {
      closing.abort();
    },
  };
}

function appendTo(log: MemoryLog, stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Appended {
  const stored = log.streams.get(stream) ?? [];
  const first = expected === 'no-stream' ? 0 : expected + 1;
  if (events.every((event, index) => stored[first + index]?.eventId === event.eventId)) {
    const last = stored[first + events.length - 1];
    if (last) return { revision: last.revision, position: last.position };
  }
  if (stored.length !== first || (expected !== 'no-stream' && stored.length === 0))
    throw new EventStoreError('wrong-expected-revision', 'the stream is at another revision', {
      actual: stored.length === 0 ? 'no-stream' : stored.length - 1,
    });
  const added = events.map(
    (event, index): StoredEvent =>
      copyOf({
        eventId: event.eventId,
        type: event.type,
        data: event.data,
        metadata: event.metadata,
        stream,
        revision: first + index,
        position: positionOf(log.events.length + index + 1),
      }),
  );
  log.streams.set(stream, stored);
  for (const event of added) {
    stored.push(event);
    log.events.push(event);
  }
  for (const listener of [...log.listeners]) listener();
  return { revision: first + added.length - 1, position: positionOf(log.events.length) };
}

function selectFromStream(events: readonly StoredEvent[], options: ReadStreamOptions): readonly StoredEvent[] {
  const backwards = options.direction === 'backwards';
  const { from } = options;
  const kept = events.filter(
    (event) => from === undefined || (backwards ? event.revision <= from : event.revision >= from),
  );
  if (backwards) kept.reverse();
  return kept.slice(0, Math.max(0, options.limit ?? kept.length));
}

function prefixFilter(options: ReadAllOptions | SubscribeOptions): (event: StoredEvent) => boolean {
  const prefixes = options.streamPrefixes;
  return (event) => prefixes === undefined || prefixes.some((prefix) => event.stream.startsWith(prefix));
}

/** Resolves once the log is longer than `length`, or the signal is given. */
function nextAppend(log: MemoryLog, length: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!signal.aborted && log.events.length <= length) return;
      log.listeners.delete(check);
      signal.removeEventListener('abort', check);
      resolve();
    };
    log.listeners.add(check);
    signal.addEventListener('abort', check);
    check();
  });
}
