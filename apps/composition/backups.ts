import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDatabase } from '#adapters/backup-sqlite/copy-database.js';
import { isDatabaseInUse } from '#adapters/backup-sqlite/in-use.js';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { type BackupStep, makeBackup } from '#application/backup/make-backup.js';
import type { Manifest } from '#application/backup/manifest.js';
import { type RestoreOptions, type RestoreReport, restoreBackup } from '#application/backup/restore-backup.js';
import { finishRestore, readRestoreJournal } from '#application/backup/restore-journal.js';
import { rotateBackups } from '#application/backup/rotate-backups.js';
import { rotateReplaced } from '#application/backup/rotate-replaced.js';
import type { Instant } from '#kernel/time.js';
import { readRootKeyFile } from '#vault/root-key-file.js';
import type { Configuration } from './configuration.js';
import { dataFolderForRestore, type InstallationRecord, RECORD_FILE } from './data-folder.js';
import { withKeysLock } from './keys-lock.js';
import { livingEpochs } from './living-epochs.js';
import { forgetRotation } from './rotate-keys.js';
import { takeServiceLock } from './service-lock.js';
import { SetupFault } from './setup-fault.js';
import { certificatesFolder } from './signing-key.js';
import { describeStore, type StoreChoice } from './store-choice.js';

/** Backups of the installation that the configuration names. */

/** @throws SetupFault `not-files` where a store is on a server */
export const storeFiles = (config: Configuration) => ({
  events: fileOf('event store', config.eventStore),
  vault: fileOf('key vault', config.keyVault),
  views: fileOf('view store', config.viewStore),
});

/** Whether everything is in files of this machine, so that backups here copy all of it. */
export const isInFiles = ({ eventStore, keyVault, viewStore }: Configuration): boolean =>
  [eventStore, keyVault, viewStore].every(({ engine }) => engine === 'sqlite');

function fileOf(name: string, choice: StoreChoice): string {
  if (choice.engine === 'sqlite') return choice.file;
  throw new SetupFault(
    'not-files',
    `The ${name} is on a server (${describeStore(choice)}), and backups here copy files. Back it up with the tools of that server; docs/guides/from-one-machine-to-a-cluster.md says how and what must go together.`,
  );
}

export interface BackupRequest {
  /** Absolute. */
  readonly folder: string;
  readonly views: boolean;
  readonly now: Instant;
  readonly onStep?: (step: BackupStep) => void | Promise<void>;
  /** How far the copy of a file has got, in bytes; of about so many. */
  readonly onBytes?: (file: string, bytes: number, of: number) => void;
}

/**
 * Copies the installation, running or not. No rotation of the root key runs meanwhile: a copy made in the middle of one would
 * be dead when it ends.
 * @throws BackupError; SetupFault; SqliteFault
 */
export async function backUp(
  config: Configuration,
  record: InstallationRecord,
  { folder, views, now, onStep, onBytes }: BackupRequest,
): Promise<Manifest & { readonly folder: string }> {
  const { id, createdAt, simulated } = record;
  return withKeysLock(config, () =>
    makeBackup({
      folder,
      data: config.data,
      files: storeFiles(config),
      certificates: certificatesFolder(config),
      views,
      installation: { id, createdAt, simulated },
      now,
      copy: (from, to) => copyTelling(from, to, onBytes),
      describe: async (copies) => describe(copies, await presentEpochs(config).catch(() => undefined)),
      ...(onStep ? { onStep } : {}),
    }),
  );
}

async function copyTelling(from: string, to: string, onBytes: BackupRequest['onBytes']): Promise<void> {
  const sizeOf = (file: string) =>
    stat(file).then(
      ({ size }) => size,
      () => 0,
    );
  const of = await sizeOf(from);
  const timer = setInterval(() => void sizeOf(to).then((bytes) => onBytes?.(from, bytes, of)), 500);
  try {
    await copyDatabase(from, to);
  } finally {
    clearInterval(timer);
  }
}

/**
 * Opens the copies as the stores that they are: what cannot be opened is no backup.
 * @param there epochs of the root key: a cell of one that is gone opens nothing now, so no restore needs it
 */
async function describe(
  files: { readonly events: string; readonly vault: string },
  there: readonly number[] | undefined,
) {
  const eventStore = await openSqliteEventStore({ file: files.events });
  const head = await eventStore.head().finally(() => eventStore.close());
  const keyVault = await openSqliteKeyVault({ file: files.vault });
  const all = await livingEpochs(keyVault).finally(() => keyVault.close());
  const living = [...all].filter(([epoch]) => there?.includes(epoch) ?? true);
  const livingCells = living.reduce((sum, [, cells]) => sum + cells, 0);
  return { head: head ?? null, epochs: living.map(([epoch]) => epoch).sort((one, other) => one - other), livingCells };
}

/** Epochs of the root key that is there now; undefined where there is none. @throws RootKeyError when it cannot be used */
export async function presentEpochs(config: Configuration): Promise<readonly number[] | undefined> {
  try {
    return (await readRootKeyFile(config.rootKey)).epochs.map(({ epoch }) => epoch);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'root-key-missing') return undefined;
    throw error;
  }
}

export type RestoreRequest = Pick<RestoreOptions, 'from' | 'keepVault' | 'now' | 'onFile' | 'onStep'>;

/**
 * Brings a backup back, or finishes a restore that was interrupted, whichever backup that was of.
 * @throws BackupError; SetupFault `already-running` and others: nothing was touched
 */
export async function restore(
  config: Configuration,
  request: RestoreRequest,
): Promise<RestoreReport & { readonly finished: boolean }> {
  const { data } = config;
  const record = await dataFolderForRestore(data, config.simulated);
  const lock = takeServiceLock(data);
  try {
    const journal = await readRestoreJournal(data);
    if (journal) {
      const replaced = await finishRestore(data, journal, () => request.onStep?.('moved'));
      return { backupId: journal.backupId, parts: [], replaced, finished: true };
    }
    const options: RestoreOptions = {
      ...request,
      data,
      files: storeFiles(config),
      certificates: certificatesFolder(config),
      installation: record,
      recordFile: join(data, RECORD_FILE),
      simulated: config.simulated,
      epochs: await presentEpochs(config),
      isInUse: isDatabaseInUse,
      async onStep(step) {
        if (step === 'decided') await forgetRotation(config);
        await request.onStep?.(step);
      },
    };
    const report = await withKeysLock(config, () => restoreBackup(options));
    return { ...report, finished: false };
  } finally {
    lock.release();
  }
}

/** Deletes what is past its age: backups in a folder, and what restores moved aside. @returns ids of what was deleted */
export async function deleteOldBackups(
  config: Configuration,
  record: InstallationRecord,
  { folder, now }: { readonly folder: string | undefined; readonly now: Instant },
): Promise<readonly string[]> {
  const { data, backupDays: days } = config;
  return withKeysLock(config, async () => {
    const backups =
      folder === undefined ? [] : await rotateBackups({ folder, data, installationId: record.id, now, days });
    const replaced = await rotateReplaced({ data, files: Object.values(storeFiles(config)), now, days });
    return [...backups, ...replaced];
  });
}
