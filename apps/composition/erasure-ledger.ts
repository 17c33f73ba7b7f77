import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Signer } from '#evidence/signature.js';
import { type ErasureLedger, LedgerError } from '#vault/ledger.js';
import { type LedgerFileOptions, ledgerFile } from '#vault/ledger-file.js';
import type { Configuration } from './configuration.js';
import type { InstallationRecord } from './data-folder.js';
import { lockWithin } from './os-lock.js';

const PATIENCE_MS = 30_000;

/** The erasure ledger that the configuration names; its lock is in the data folder, which always can be written. */
export const openLedger = (config: Configuration, record: InstallationRecord, signer: Signer): ErasureLedger =>
  ledgerFile(ledgerOptions(config, record, signer));

export const ledgerOptions = (
  config: Configuration,
  record: InstallationRecord,
  signer: Signer,
): LedgerFileOptions => ({
  path: config.erasureLedger,
  installation: record.id,
  signer,
  async lock(task) {
    const lock = await lockWithin(join(config.data, 'ledger.lock'), PATIENCE_MS);
    if (!lock)
      throw new LedgerError('ledger-unavailable', 'Another process holds the erasure ledger. It is tried again.');
    try {
      return await task();
    } finally {
      lock.release();
    }
  },
});

/**
 * True when ledger and data are lost with one disk, and brought back by one restored image of it.
 * @returns undefined when it cannot be told
 */
export async function isOnVolumeOfData({ erasureLedger, data }: Configuration): Promise<boolean | undefined> {
  try {
    return (await volumeOf(dirname(erasureLedger))) === (await volumeOf(data));
  } catch {
    return undefined;
  }
}

/** Of the folder, or of the nearest one above it that is there. */
async function volumeOf(folder: string): Promise<number> {
  try {
    return (await stat(folder)).dev;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return volumeOf(dirname(folder));
  }
}

export const SAME_VOLUME =
  'The erasure ledger is on the same volume as the data: an image of that volume, put back, makes both forget. Name another place with TEMOIN_ERASURE_LEDGER.';
