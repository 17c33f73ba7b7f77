import type { EventStore } from '#ports/event-store/event-store.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import { withKeysLock } from '../../composition/keys-lock.js';
import { takeServiceLock } from '../../composition/service-lock.js';
import { openEventStore, openKeyVault } from '../../composition/stores.js';
import { type Files, recordOf } from '../installation-files.js';

/**
 * Opens log and key vault of an installation whose service is stopped and whose keys nobody else changes meanwhile, without
 * what a start asks of them, and closes them afterwards.
 */
export async function withStoppedStores(
  files: Files,
  work: (stores: { readonly eventStore: EventStore; readonly keyVault: KeyVault }) => Promise<void>,
): Promise<void> {
  const { config } = files;
  await recordOf(files);
  const lock = takeServiceLock(config.data);
  try {
    await withKeysLock(config, async () => {
      const keyVault = await openKeyVault(config.keyVault);
      try {
        const eventStore = await openEventStore(config.eventStore);
        await work({ eventStore, keyVault }).finally(() => eventStore.close());
      } finally {
        await keyVault.close();
      }
    });
  } finally {
    lock.release();
  }
}
