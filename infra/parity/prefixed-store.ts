import type { EventStore, Position, StoredEvent } from '#ports/event-store/event-store.js';

/** A log of its own within a server's: stream names carry a prefix there and none here. */
export interface PrefixedStore extends EventStore {
  /** Position of the last event appended here to a stream that begins so; undefined when there is none. */
  lastOf(streamPrefixes: readonly string[] | undefined): Position | undefined;
}

/** @param prefix lower-case letters and digits; empty for a store that holds nothing else */
export function prefixedStore(store: EventStore, prefix: string): PrefixedStore {
  const last = new Map<string, Position>();
  const bare = (event: StoredEvent): StoredEvent => ({ ...event, stream: event.stream.slice(prefix.length) });
  const within = (prefixes: readonly string[] | undefined) => ({
    streamPrefixes: (prefixes ?? ['']).map((one) => `${prefix}${one}`),
  });
  const lastOf = (prefixes: readonly string[] | undefined) => {
    const found = [...last].filter(([stream]) => prefixes?.some((one) => stream.startsWith(one)) ?? true);
    return found
      .map(([, position]) => position)
      .sort()
      .at(-1);
  };
  return {
    async append(stream, expected, events) {
      const appended = await store.append(`${prefix}${stream}`, expected, events);
      last.set(stream, appended.position);
      return appended;
    },
    async *readStream(stream, options) {
      for await (const event of store.readStream(`${prefix}${stream}`, options)) yield bare(event);
    },
    async *readAll(options = {}) {
      for await (const event of store.readAll({ ...options, ...within(options.streamPrefixes) })) yield bare(event);
    },
    async *subscribe(options = {}) {
      for await (const one of store.subscribe({ ...options, ...within(options.streamPrefixes) }))
        yield one.kind === 'event' ? { kind: 'event', event: bare(one.event) } : one;
    },
    head: async () => lastOf(undefined),
    close: () => store.close(),
    lastOf,
  };
}
