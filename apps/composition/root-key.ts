import { stat } from 'node:fs/promises';
import type { CellId } from '#kernel/sealed.js';
import type { RootKeySource } from '#vault/root-key.js';
import { createRootKeyFile, rootKeyFile } from '#vault/root-key-file.js';
import type { Configuration } from './configuration.js';
import { firstWithoutKey, givenUpTo } from './lost-keys.js';
import { SetupFault } from './setup-fault.js';
import { openEventStore, openKeyVault } from './stores.js';

/**
 * The root key of the installation, checked. It is made together with the vault and never again: a vault without its root
 * key gets no new one, nor does a log that needs its keys, because nothing sealed under the old one could be read.
 * @param create make the key of a new installation
 * @throws SetupFault `root-key`
 */
export async function openRootKey(config: Configuration, create: boolean): Promise<RootKeySource> {
  const source = rootKeyFile(config.rootKey);
  try {
    if (
      create &&
      !(await exists(config.rootKey)) &&
      (await isVaultNew(config.keyVault)) &&
      !(await isLogSealed(config))
    ) {
      await createRootKeyFile(config.rootKey).catch((error: { readonly code?: unknown }) => {
        // another process that starts at the same time made it first
        if (error.code !== 'root-key-exists') throw error;
      });
    }
    await source.load();
    return source;
  } catch (error) {
    if (error instanceof SetupFault) throw error;
    const reason = error instanceof Error ? error.message : 'unknown error';
    throw new SetupFault('root-key', reason, { cause: error });
  }
}

/** A vault on a server is new when it holds nothing: another machine may have begun it, with its own root key. */
async function isVaultNew(choice: Configuration['keyVault']): Promise<boolean> {
  if (choice.engine === 'sqlite') return !(await exists(choice.file));
  const vault = await openKeyVault(choice);
  try {
    if ((await vault.livingBefore(Number.MAX_SAFE_INTEGER, 1)).length > 0) return false;
    for await (const _tombstone of vault.tombstones()) return false;
    return true;
  } finally {
    await vault.close();
  }
}

/** Asked beside a vault that is new: whether the log holds anything that an older one must have sealed. */
async function isLogSealed({ eventStore: choice, data }: Configuration): Promise<boolean> {
  if (choice.engine === 'sqlite' && !(await exists(choice.file))) return false;
  const eventStore = await openEventStore(choice);
  const none = { livingBefore: async () => [], lookup: async (cells: readonly CellId[]) => cells.map(() => undefined) };
  try {
    return (await firstWithoutKey({ eventStore, keyVault: none }, await givenUpTo(data))) !== undefined;
  } finally {
    await eventStore.close();
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
