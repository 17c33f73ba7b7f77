import type { EventStore, StoredEvent } from '#ports/event-store/event-store.js';
import type { ViewSchema, ViewStore } from '#ports/view-store/view-store.js';

/**
 * Positions mean something in their own log only. Views that were built from one log and are shown another (a copy on
 * another engine, a restored or an empty one) would leave out events, or wait for ever, and nobody would see it.
 */
const origin: ViewSchema = {
  name: 'log_origin',
  version: 1,
  collections: [{ name: 'origin', fields: {}, indexes: [] }],
};
const ID = 'origin';

interface Origin {
  /** Of the first event. */
  readonly eventId: string;
  readonly position: string;
}

/**
 * Compares the log's first event with the one that these views were built from; remembers it where there is none yet.
 * @param remember false: only look
 * @returns false when the views belong to another log
 */
export async function isLogOfViews(eventStore: EventStore, viewStore: ViewStore, remember: boolean): Promise<boolean> {
  const first = await firstEventOf(eventStore);
  await viewStore.prepare(origin);
  const known = (await viewStore.get(origin, 'origin', ID)) as Origin | undefined;
  if (known) return first !== undefined && known.eventId === first.eventId && known.position === first.position;
  if (first && remember) {
    const { eventId, position } = first;
    const document = { eventId, position };
    await viewStore.apply(origin, {
      writes: [{ collection: 'origin', id: ID, document, position }],
      checkpoint: position,
    });
  }
  return true;
}

/** What a log is known by: it stays the same in every copy and every restored backup. */
export async function firstEventOf(eventStore: Pick<EventStore, 'readAll'>): Promise<StoredEvent | undefined> {
  for await (const event of eventStore.readAll({ limit: 1 })) return event;
  return undefined;
}
