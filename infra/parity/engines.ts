import { openEventStoreDb } from '#adapters/event-store-eventstoredb/event-store-eventstoredb.js';
import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { openMongoKeyVault } from '#adapters/key-vault-mongodb/key-vault-mongodb.js';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import { openMongoViewStore } from '#adapters/view-store-mongodb/view-store-mongodb.js';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { type PrefixedStore, prefixedStore } from './prefixed-store.js';

/** `eventstoredb`: views and keys in files. `mongodb`: events in a file. Each replaces what it is for, and nothing else. */
export const engines = ['memory', 'sqlite', 'eventstoredb', 'mongodb'] as const;
export type Engine = (typeof engines)[number];

/** The variable that gives a server; undefined for what needs none. */
export const serverOf: Readonly<Record<Engine, string | undefined>> = {
  memory: undefined,
  sqlite: undefined,
  eventstoredb: 'TEMOIN_TEST_EVENTSTOREDB_URL',
  mongodb: 'TEMOIN_TEST_MONGODB_URL',
};

export interface EngineStores {
  readonly eventStore: PrefixedStore;
  readonly viewStore: ViewStore;
  readonly keyVault: KeyVault;
  /** Closes all and removes databases of this run. A server's log keeps the run's streams: it forgets nothing. */
  close(): Promise<void>;
}

/** @param run lower-case letters and digits: this run's streams on a server begin with it */
export async function openEngine(engine: Engine, folder: string, run: string): Promise<EngineStores> {
  const views = engine === 'mongodb' ? testingDatabase() : undefined;
  const keys = engine === 'mongodb' ? testingDatabase() : undefined;
  const file = (name: string) => ({ file: `${folder}/${name}.sqlite` });
  const connectionString = process.env.TEMOIN_TEST_EVENTSTOREDB_URL ?? '';
  const eventStore =
    engine === 'memory'
      ? prefixedStore(memoryEventStore(), '')
      : engine === 'eventstoredb'
        ? prefixedStore(await openEventStoreDb({ connectionString }), `${run}x`)
        : prefixedStore(await openSqliteEventStore(file('events')), '');
  const viewStore = views
    ? await openMongoViewStore(views)
    : engine === 'memory'
      ? memoryViewStore()
      : await openSqliteViewStore(file('views'));
  const keyVault = keys
    ? await openMongoKeyVault(keys)
    : engine === 'memory'
      ? memoryKeyVault()
      : await openSqliteKeyVault(file('keys'));
  return {
    eventStore,
    viewStore,
    keyVault,
    async close() {
      await viewStore.close();
      await eventStore.close();
      await keyVault.close();
      await Promise.all([views?.remove(), keys?.remove()]);
    },
  };
}
