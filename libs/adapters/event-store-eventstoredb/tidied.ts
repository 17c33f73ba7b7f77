import { ErrorType, EventStoreDBClient } from '@eventstore/db-client';
import type { EventStore } from '#ports/event-store/event-store.js';
import { type EventStoreDbSettings, openEventStoreDb } from './event-store-eventstoredb.js';

/** Stores on a server that tests share with others, and the way to leave nothing of theirs behind. */
export interface Tidied {
  open(settings?: Partial<EventStoreDbSettings>): Promise<EventStore>;
  /** Deletes each stream that was appended to through these stores, and no other; the server drops it at its next scavenge. */
  tidy(): Promise<void>;
}

const AT_ONCE = 32;

export function tidied(connectionString: string): Tidied {
  const streams = new Set<string>();
  return {
    async open(settings = {}) {
      const store = await openEventStoreDb({ connectionString, ...settings });
      return {
        ...store,
        async append(stream, expected, events) {
          try {
            const appended = await store.append(stream, expected, events);
            streams.add(stream);
            return appended;
          } catch (error) {
            if ((error as { code?: unknown }).code === 'unknown-outcome') streams.add(stream);
            throw error;
          }
        },
      };
    },
    async tidy() {
      const client = EventStoreDBClient.connectionString(connectionString);
      const names = [...streams];
      streams.clear();
      try {
        for (let at = 0; at < names.length; at += AT_ONCE)
          await Promise.all(
            names.slice(at, at + AT_ONCE).map((stream) => client.deleteStream(stream).catch(unlessAbsent)),
          );
      } finally {
        await client.dispose();
      }
    },
  };
}

/** An append whose outcome was unknown may have stored nothing. */
function unlessAbsent(error: unknown): void {
  if ((error as { readonly type?: unknown }).type !== ErrorType.WRONG_EXPECTED_VERSION) throw error;
}
