import { chmod, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import type { EventStore } from '#ports/event-store/event-store.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import type { Configuration } from './configuration.js';
import { makeWithParents } from './data-folder.js';
import { SetupFault } from './setup-fault.js';

export interface Stores {
  readonly eventStore: EventStore;
  readonly viewStore: ViewStore;
  readonly keyVault: KeyVault;
  /** Closes all three, in the reverse order of opening. */
  close(): Promise<void>;
}

/**
 * Opens the three stores that the configuration names. When one cannot be opened, those that were are closed again.
 * @throws SetupFault `data-folder`
 */
export async function openStores(config: Configuration): Promise<Stores> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const store of opened.splice(0).reverse()) await store.close();
  };
  async function one<S extends { close(): Promise<void> }>(
    name: string,
    file: string,
    openStore: (place: { readonly file: string }) => Promise<S>,
  ): Promise<S> {
    try {
      await closedToOthers(file);
      const store = await openStore({ file });
      opened.push(store);
      return store;
    } catch (error) {
      await close();
      const reason = error instanceof Error ? error.message : 'unknown error';
      throw new SetupFault('data-folder', `Cannot open the ${name} ${file}: ${reason}`, { cause: error });
    }
  }
  const keyVault = await one('key vault', config.keyVault.file, openSqliteKeyVault);
  const eventStore = await one('event store', config.eventStore.file, openSqliteEventStore);
  const viewStore = await one('view store', config.viewStore.file, openSqliteViewStore);
  return { eventStore, viewStore, keyVault, close };
}

/** SQLite gives its side files (`-wal`, `-shm`) the mode of the file itself: made first, closed to others. */
async function closedToOthers(file: string): Promise<void> {
  await makeWithParents(dirname(file));
  const handle = await open(file, 'a', 0o600);
  await handle.close();
  await chmod(file, 0o600);
}
