import type { CellRecord, KeyVault } from '#ports/key-vault/key-vault.js';
import { MoveKeysError, type MoveKeysProgress } from './move-keys-error.js';
import {
  beside,
  isSameDestruction,
  isSameKey,
  isSameTombstone,
  livingPages,
  tombstonePages,
  vaultDigest,
} from './vault-pages.js';

/**
 * Reads both vaults again: every living key and every tombstone of the source is in the target, byte for byte, and the target
 * holds nothing more. The digest goes over what was read from the target and over what was read from the source.
 * @throws MoveKeysError `differs`
 */
export async function verifyKeys(
  from: KeyVault,
  to: KeyVault,
  onProgress: (progress: MoveKeysProgress) => void,
): Promise<{ readonly living: number; readonly tombstones: number; readonly digest: string }> {
  const [source, target] = [vaultDigest(), vaultDigest()];
  const add = (record: CellRecord, copy: CellRecord | undefined, same: boolean): void => {
    if (!copy || !same) throw differs();
    source.add(record);
    target.add(copy);
  };
  let [living, tombstones] = [0, 0];
  for await (const page of livingPages(from)) {
    for (const [key, copy] of await beside(to, page)) add({ state: 'living', key }, copy, isSameKey(key, copy));
    living += page.length;
    onProgress({ phase: 'verify', cells: living });
  }
  for await (const page of tombstonePages(from)) {
    for (const [tombstone, copy] of await beside(to, page))
      add({ state: 'destroyed', tombstone }, copy, isSameTombstone(tombstone, copy));
    tombstones += page.length;
    onProgress({ phase: 'verify', cells: living + tombstones });
  }
  await nothingMore(from, to);
  const digest = source.end();
  if (digest !== target.end()) throw differs();
  return { living, tombstones, digest };
}

/**
 * A tombstone below one of the source's is nothing more: where a destruction was cut off in the source the target may bury
 * by name what the source keeps dead by the cell above.
 */
async function nothingMore(from: KeyVault, to: KeyVault): Promise<void> {
  for await (const page of livingPages(to))
    for (const [key, record] of await beside(from, page)) if (!isSameKey(key, record)) throw differs();
  for await (const page of tombstonePages(to))
    for (const [tombstone, record] of await beside(from, page))
      if (!isSameDestruction(tombstone, record)) throw differs();
}

const differs = (): MoveKeysError =>
  new MoveKeysError(
    'differs',
    'The two vaults do not read back alike. Did another command work on the keys meanwhile? Then repeat; otherwise do not use the target. The present vault was not touched.',
  );
