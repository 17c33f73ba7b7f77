import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '#application/backup/durable.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import { type RotationReport, type RotationStep, rotateRootKey } from '#vault/rotate.js';
import type { Configuration } from './configuration.js';
import { sealForCustodians } from './custodians.js';
import { withKeysLock } from './keys-lock.js';

export interface RotateRequest {
  readonly abandonDamaged?: boolean;
  readonly onStep?: (step: RotationStep) => void | Promise<void>;
}

/**
 * Rotates the root key, one at a time over all processes, beside running services. The custodians' copies are sealed anew
 * before the old epoch goes, so that there is no moment at which they open nothing, and after.
 * @throws SetupFault `keys-busy`; RootKeyError, KeyVaultError: nothing is lost, rotate again
 */
export async function rotateKeys(
  config: Configuration,
  keyVault: KeyVault,
  { abandonDamaged = false, onStep }: RotateRequest = {},
): Promise<RotationReport> {
  return withKeysLock(config, async () => {
    const tombstones = await countTombstones(keyVault);
    const report = await rotateRootKey({
      path: config.rootKey,
      keyVault,
      abandonDamaged,
      async onStep(step) {
        if (step === 'old-epoch-ended' || step === 'done') await sealForCustodians(config);
        await onStep?.(step);
      },
    });
    // one that was taken up again: what was destroyed since it was begun may have been wrapped under the epoch that lives
    if (report.outcome === 'rotated' && !report.resumed)
      await writeDurably(join(config.data, RECORD), `${JSON.stringify({ epoch: report.epoch, tombstones })}\n`);
    return report;
  });
}

/** What the data folder remembers of the last rotation: how many cells were destroyed before it. */
const RECORD = 'rotation.json';

export interface LastRotation {
  /** The epoch that it made, the only one after it. */
  readonly epoch: number;
  /** Cells that were destroyed before it began: the first so many tombstones of the vault. */
  readonly tombstones: number;
}

/** @returns undefined where none is known */
export async function lastRotation({ data }: Pick<Configuration, 'data'>): Promise<LastRotation | undefined> {
  const { epoch, tombstones } = await readFile(join(data, RECORD), 'utf8')
    .then((text) => JSON.parse(text) as { readonly epoch?: unknown; readonly tombstones?: unknown })
    .catch(() => ({ epoch: undefined, tombstones: undefined }));
  return Number.isSafeInteger(epoch) && Number.isSafeInteger(tombstones)
    ? { epoch: Number(epoch), tombstones: Number(tombstones) }
    : undefined;
}

/** Whether older copies of the vault hold a key that was destroyed since: what a rotation is for. */
export async function isRotationDue(config: Configuration, keyVault: KeyVault): Promise<boolean> {
  const before = await readFile(join(config.data, RECORD), 'utf8')
    .then((text) => Number((JSON.parse(text) as { readonly tombstones?: unknown }).tombstones))
    .catch(() => 0);
  return (await countTombstones(keyVault)) > (Number.isFinite(before) ? before : 0);
}

/** After other data were put in the place of the present ones: what the last rotation found says nothing of them. */
export const forgetRotation = ({ data }: Pick<Configuration, 'data'>): Promise<void> =>
  rm(join(data, RECORD), { force: true });

async function countTombstones(keyVault: KeyVault): Promise<number> {
  let count = 0;
  for await (const _tombstone of keyVault.tombstones()) count += 1;
  return count;
}
