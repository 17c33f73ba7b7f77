import type { VaultLeftovers } from '#application/erasure/erasure-parts.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import { currentEpoch } from '#vault/root-key-content.js';
import { readRootKeyFile } from '#vault/root-key-file.js';
import type { Configuration } from './configuration.js';
import { readCustodians } from './custodians.js';
import { retiredVaults } from './retired-vaults.js';
import { lastRotation } from './rotate-keys.js';

/** Where bytes that an engine overwrote may still lie, beside copies made before. */
export const KEPT_BY: Readonly<Record<Configuration['keyVault']['engine'], readonly string[]>> = {
  sqlite: ['older-copies'],
  mongodb: ['server-journal', 'oplog', 'unreclaimed-pages', 'older-copies'],
};

/**
 * What a certificate may say of the wrapped bytes of these cells now. Never more than is known: they count as dead only where
 * a rotation that destroyed every older epoch began after each of them was destroyed.
 * @throws RootKeyError, KeyVaultError: the certificate is made later
 */
export async function vaultLeftovers(
  config: Configuration,
  keyVault: Pick<KeyVault, 'tombstones'>,
  cells: readonly string[],
): Promise<VaultLeftovers> {
  const content = await readRootKeyFile(config.rootKey);
  const epoch = currentEpoch(content);
  const rotation = await lastRotation(config);
  const alone = content.epochs.length === 1 && rotation?.epoch === epoch;
  const dead = alone && (await isAmongFirst(keyVault, rotation.tombstones, cells));
  const oldest = Math.min(...content.epochs.map((one) => one.epoch));
  const retired = (await retiredVaults(config.data)).filter((one) => one.wrappedUpToEpoch >= oldest);
  const custodians = await readCustodians(config).catch(() => []);
  return {
    kind: config.keyVault.engine,
    leftovers: [
      ...new Set([config.keyVault.engine, ...retired.map((one) => one.kind)].flatMap((kind) => KEPT_BY[kind])),
    ],
    wrappedUpToEpoch: dead ? epoch - 1 : epoch,
    state: dead ? 'dead' : 'until-rotation',
    custodians: custodians.length,
  };
}

/** Whether all of the cells were destroyed before so many tombstones were there. */
async function isAmongFirst(
  keyVault: Pick<KeyVault, 'tombstones'>,
  count: number,
  cells: readonly string[],
): Promise<boolean> {
  const wanted = new Set(cells);
  let seen = 0;
  for await (const { cell } of keyVault.tombstones()) {
    if (seen >= count) break;
    seen += 1;
    wanted.delete(cell);
    if (wanted.size === 0) return true;
  }
  return wanted.size === 0;
}
