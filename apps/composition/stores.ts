import { chmod, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import { makeWithParents } from '#application/backup/durable.js';
import type { EventStore } from '#ports/event-store/event-store.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import type { Configuration } from './configuration.js';
import { SetupFault } from './setup-fault.js';
import { describeStore, type MongoChoice, type StoreChoice } from './store-choice.js';

export interface Stores {
  readonly eventStore: EventStore;
  readonly viewStore: ViewStore;
  readonly keyVault: KeyVault;
  /** Closes all three, in the reverse order of opening. */
  close(): Promise<void>;
}

/**
 * Opens the three stores that the configuration names. When one cannot be opened, those that were are closed again.
 * @throws SetupFault `data-folder` | `store`
 */
export async function openStores(config: Configuration): Promise<Stores> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const store of opened.splice(0).reverse()) await store.close();
  };
  async function kept<S extends { close(): Promise<void> }>(opening: Promise<S>): Promise<S> {
    const store = await opening;
    opened.push(store);
    return store;
  }
  try {
    const keyVault = await kept(openKeyVault(config.keyVault));
    const eventStore = await kept(openEventStore(config.eventStore));
    const viewStore = await kept(openViewStore(config.viewStore));
    return { eventStore, viewStore, keyVault, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/*
 * The servers' clients are loaded where a server is asked for: they take some thirty megabytes of memory and a third of a second
 * of every start.
 */

/** @throws SetupFault `data-folder` | `store` */
export const openKeyVault = (choice: Configuration['keyVault']): Promise<KeyVault> =>
  opening('key vault', choice, async () => {
    if (choice.engine === 'sqlite') return openFile(choice.file, openSqliteKeyVault);
    const { openMongoKeyVault } = await import('#adapters/key-vault-mongodb/key-vault-mongodb.js');
    return openMongoKeyVault(mongoPlace(choice));
  });

/** @throws SetupFault `data-folder` | `store` */
export const openEventStore = (choice: Configuration['eventStore']): Promise<EventStore> =>
  opening('event store', choice, async () => {
    if (choice.engine === 'sqlite') return openFile(choice.file, openSqliteEventStore);
    const { openEventStoreDb } = await import('#adapters/event-store-eventstoredb/event-store-eventstoredb.js');
    return openEventStoreDb({ connectionString: choice.connectionString() });
  });

/** @throws SetupFault `data-folder` | `store` */
export const openViewStore = (choice: Configuration['viewStore']): Promise<ViewStore> =>
  opening('view store', choice, async () => {
    if (choice.engine === 'sqlite') return openFile(choice.file, openSqliteViewStore);
    const { openMongoViewStore } = await import('#adapters/view-store-mongodb/view-store-mongodb.js');
    return openMongoViewStore(mongoPlace(choice));
  });

const mongoPlace = (choice: MongoChoice) => ({
  connectionString: choice.connectionString(),
  database: choice.database,
});

async function opening<S>(name: string, choice: StoreChoice, open: () => Promise<S>): Promise<S> {
  try {
    return await open();
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown error';
    if (choice.engine === 'sqlite')
      throw new SetupFault('data-folder', `Cannot open the ${name} ${choice.file}: ${reason}`, { cause: error });
    // without the cause: a driver's error may hold the connection string, with the password in it
    throw new SetupFault('store', `Cannot open the ${name} (${describeStore(choice)}): ${reason}.`);
  }
}

/** SQLite gives its side files (`-wal`, `-shm`) the mode of the file itself: made first, closed to others. */
async function openFile<S>(file: string, openStore: (place: { readonly file: string }) => Promise<S>): Promise<S> {
  await makeWithParents(dirname(file));
  const handle = await open(file, 'a', 0o600);
  await handle.close();
  await chmod(file, 0o600);
  return openStore({ file });
}
