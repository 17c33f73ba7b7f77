import { type KeyVault, KeyVaultError, type WrappedKey } from '#ports/key-vault/key-vault.js';
import { MoveKeysError, type MoveKeysProgress } from './move-keys-error.js';
import { beside, isSameDestruction, isSameKey, isSameTombstone, livingPages, tombstonePages } from './vault-pages.js';
import { verifyKeys } from './verify-keys.js';

export interface MoveKeysOptions {
  /** Read only. It stays the truth until somebody points the service at the target. */
  readonly from: KeyVault;
  readonly to: KeyVault;
  /** Current epoch of the root key: the target takes no key of an earlier one afterwards. */
  readonly epoch: number;
  readonly onProgress?: (progress: MoveKeysProgress) => void;
}

export interface MoveKeysReport {
  readonly living: number;
  readonly tombstones: number;
  /** Brought by this call; the others were there from an earlier one. */
  readonly movedKeys: number;
  readonly movedTombstones: number;
  /** Of both vaults: see `vault-pages.ts`. */
  readonly digest: string;
}

/**
 * Brings every tombstone and every living key, wrapped as it is, into another vault: the root key stays the same. The target
 * is empty, or what an interrupted move of this very vault left. Tombstones come first, in their order: no key is ever in the
 * target whose cell was destroyed in the source before, and one that was destroyed between two calls is destroyed there too.
 * At the end both are read again and compared. Nothing else writes to either vault meanwhile: the caller's duty.
 * @throws MoveKeysError; KeyVaultError. Whatever happens, the same call again goes on where this one stopped
 */
export async function moveKeys(options: MoveKeysOptions): Promise<MoveKeysReport> {
  const { from, to, epoch, onProgress = () => undefined } = options;
  await checkTarget(from, to, onProgress);
  const movedTombstones = await bringTombstones(from, to, onProgress);
  const movedKeys = await bringKeys(from, to, onProgress);
  // last: keys that are of an older epoch, since a rotation gave them up, would be refused behind it
  await to.raiseEpoch(epoch);
  const log = await from.note('log');
  if (log !== undefined) await to.writeNote('log', log, 'any');
  return { ...(await verifyKeys(from, to, onProgress)), movedKeys, movedTombstones };
}

/**
 * Passes where the target is empty or the beginning of this move. Changes nothing.
 * @returns how many cells and tombstones are in the target already
 * @throws MoveKeysError `other-keys`
 */
export async function checkTarget(
  from: KeyVault,
  to: KeyVault,
  onProgress: (progress: MoveKeysProgress) => void = () => undefined,
): Promise<{ readonly living: number; readonly tombstones: number }> {
  if ((await to.note('retired')) !== undefined) throw retired();
  let [living, tombstones] = [0, 0];
  for await (const page of livingPages(to)) {
    for (const [key, record] of await beside(from, page))
      if (record?.state !== 'destroyed' && !isSameKey(key, record)) throw otherKeys();
    living += page.length;
    onProgress({ phase: 'compare', cells: living });
  }
  for await (const page of tombstonePages(to)) {
    for (const [tombstone, record] of await beside(from, page))
      if (!isSameDestruction(tombstone, record)) throw otherKeys();
    tombstones += page.length;
    onProgress({ phase: 'compare', cells: living + tombstones });
  }
  return { living, tombstones };
}

async function bringTombstones(
  from: KeyVault,
  to: KeyVault,
  onProgress: (progress: MoveKeysProgress) => void,
): Promise<number> {
  let moved = 0;
  let cells = 0;
  for await (const page of tombstonePages(from)) {
    for (const [tombstone, record] of await beside(to, page)) {
      cells += 1;
      if (isSameTombstone(tombstone, record)) continue;
      const { cell, destroyedAt, proof } = tombstone;
      // one after the other: the order is part of what is kept
      await to.destroy(cell, { destroyedAt, proof });
      moved += 1;
      onProgress({ phase: 'tombstones', cells });
    }
  }
  return moved;
}

async function bringKeys(
  from: KeyVault,
  to: KeyVault,
  onProgress: (progress: MoveKeysProgress) => void,
): Promise<number> {
  let moved = 0;
  let cells = 0;
  for await (const page of livingPages(from)) {
    const missing = (await beside(to, page)).flatMap(([key, record]) => (record === undefined ? [key] : []));
    if (missing.length > 0) await store(to, missing);
    moved += missing.length;
    cells += page.length;
    onProgress({ phase: 'keys', cells });
  }
  return moved;
}

async function store(to: KeyVault, keys: readonly WrappedKey[]): Promise<void> {
  const records = await to.getOrCreate(keys).catch((error: unknown) => {
    throw error instanceof KeyVaultError && error.code === 'stale-epoch' ? otherKeys() : error;
  });
  for (const [index, key] of keys.entries()) if (!isSameKey(key, records[index])) throw otherKeys();
}

const otherKeys = (): MoveKeysError =>
  new MoveKeysError(
    'other-keys',
    'The target holds something else than the beginning of this move: keys of another installation, or of this one from before its root key was rotated or a backup restored. Give an empty target. Nothing was destroyed in the present vault.',
  );

const retired = (): MoveKeysError =>
  new MoveKeysError(
    'other-keys',
    'The target is a vault that was retired: it takes no key any more. Remove it (db.dropDatabase() on a server), or name another place.',
  );
