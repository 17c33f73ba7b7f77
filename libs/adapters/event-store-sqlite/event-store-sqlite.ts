import { type EventStore, EventStoreError } from '#ports/event-store/event-store.js';

/** Opens (and creates) a store in one SQLite file. */
export async function openSqliteEventStore(place: { readonly file: string }): Promise<EventStore> {
  throw new EventStoreError('unavailable', `not built yet: ${place.file}`);
}
