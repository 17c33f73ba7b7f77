import { randomUUID } from 'node:crypto';
import { chmod, copyFile, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Instant } from '#kernel/time.js';
import { forgetBackups, recordBackup } from './backup-record.js';
import { unpackCertificates } from './certificate-copies.js';
import { isThere, syncFile, syncFolder, writeDurably } from './durable.js';
import {
  BackupError,
  type BackupPart,
  type Manifest,
  nameOfPart,
  type StorePart,
  sha256OfFile,
  storeParts,
} from './manifest.js';
import {
  dropRestoreJournal,
  finishRestore,
  type RestoreJournal,
  type RestoreMove,
  writeRestoreJournal,
} from './restore-journal.js';
import { verifyBackup } from './verify-backup.js';

export type RestoreStep = 'checked' | 'staged' | 'decided' | 'moved' | 'done';

export interface RestoreOptions {
  /** The folder of one backup. */
  readonly from: string;
  readonly data: string;
  readonly files: Readonly<Record<StorePart, string>>;
  /** The folder of the certificates of erasure: those that are missing there come back as well. */
  readonly certificates: string;
  /** The present vault stays: for a backup whose root key is gone. */
  readonly keepVault: boolean;
  /** What the data folder is; undefined: it is new, and becomes what the backup is of. */
  readonly installation: Manifest['installation'] | undefined;
  /** Where a new data folder keeps its record. */
  readonly recordFile: string;
  readonly simulated: boolean;
  /** Epochs of the root key that is there; undefined: there is none. */
  readonly epochs: readonly number[] | undefined;
  /** Whether anything, of any process, has a database open. */
  readonly isInUse: (file: string) => boolean;
  readonly now: Instant;
  readonly onFile?: (part: BackupPart, bytes: number) => void;
  readonly onStep?: (step: RestoreStep) => void | Promise<void>;
}

export interface RestoreReport {
  readonly backupId: string;
  readonly parts: readonly BackupPart[];
  /** Folders with what was there before. They hold keys: they are deleted when backups of their age are. */
  readonly replaced: readonly string[];
}

/**
 * Brings a backup back in the place of what is there. Everything that can be checked is checked before anything is touched;
 * the copies are made and compared beside their places; then the present files go aside and the copies take their places,
 * in one step that, interrupted, only goes forward. Views that the backup lacks are built again at the next start. The root
 * key, the signing key and the erasure ledger are never touched. The caller holds the lock of the service.
 * @throws BackupError, and nothing was touched
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const { from, data, files, now, onFile, onStep = () => undefined } = options;
  const manifest = await verifyBackup(from, onFile);
  await checkTarget(options, manifest);
  await onStep('checked');
  const parts = manifest.files.map(({ part }) => part).filter((part) => part !== 'vault' || !options.keepVault);
  const stores = storeParts.filter((part) => parts.includes(part));
  const moves: RestoreMove[] = [];
  const staging: string[] = [];
  try {
    for (const part of stores) {
      const staged = `${files[part]}.restoring`;
      staging.push(staged);
      const sha256 = manifest.files.find((one) => one.part === part)?.sha256;
      await stage(join(from, nameOfPart(part)), staged, sha256);
      moves.push({ place: files[part], staged });
    }
    if (!stores.includes('views')) moves.push({ place: files.views });
    if (options.installation === undefined) {
      const staged = `${options.recordFile}.restoring`;
      staging.push(staged);
      await writeDurably(staged, `${JSON.stringify(manifest.installation, null, 2)}\n`);
      moves.push({ place: options.recordFile, staged });
    }
    if (parts.includes('certificates'))
      await unpackCertificates(join(from, nameOfPart('certificates')), options.certificates);
    await onStep('staged');
  } catch (error) {
    for (const staged of staging) await rm(staged, { force: true });
    throw error;
  }
  const asideName = `replaced-${now.slice(0, 19).replaceAll(':', '').toLowerCase()}-${randomUUID().slice(0, 8)}`;
  const journal: RestoreJournal = { format: 'temoin-restore/1', backupId: manifest.backupId, asideName, moves };
  // both count as copies of keys from now on
  if (options.installation) await recordBackup(data, { backupId: asideName, createdAt: now });
  await recordBackup(data, { backupId: manifest.backupId, createdAt: manifest.createdAt, folder: dirname(from) });
  await writeRestoreJournal(data, journal);
  try {
    // whoever opened it before the journal was there is still there
    checkInUse(options);
  } catch (error) {
    await dropRestoreJournal(data, journal);
    await forgetBackups(data, new Set([asideName]));
    throw error;
  }
  await onStep('decided');
  const replaced = await finishRestore(data, journal, () => onStep('moved'));
  await onStep('done');
  return { backupId: manifest.backupId, parts, replaced };
}

async function checkTarget(options: RestoreOptions, manifest: Manifest): Promise<void> {
  const { from, data, files, installation, simulated, epochs, keepVault } = options;
  if (manifest.installation.simulated !== simulated)
    throw new BackupError(
      'foreign',
      manifest.installation.simulated
        ? `The backup ${from} is of a simulation; it never becomes a real installation. Add --simulation.`
        : `The backup ${from} is of a real installation; it never becomes a simulation. Leave --simulation out.`,
    );
  if (installation && installation.id !== manifest.installation.id)
    throw new BackupError(
      'foreign',
      `The backup ${from} is of the installation ${manifest.installation.id}, and ${data} is ${installation.id}. Name a new folder with --data.`,
    );
  if (!installation) {
    if (keepVault) throw new BackupError('folder', `There is no vault in ${data} that could stay.`);
    for (const file of Object.values(files))
      if (await isThere(file))
        throw new BackupError(
          'folder',
          `${file} is there and belongs to no installation. Name a new folder with --data.`,
        );
  }
  if (!keepVault) checkEpochs(from, manifest.epochs, epochs);
  checkInUse(options);
  for (const { part, bytes } of manifest.files) {
    if (part === 'certificates') continue;
    const { bavail, bsize } = await statfs(dirname(files[part]));
    if (bavail * bsize < bytes * 1.1)
      throw new BackupError('folder', `${dirname(files[part])} has no room for the ${part} (${bytes} bytes).`);
  }
}

function checkEpochs(from: string, needed: readonly number[], there: readonly number[] | undefined): void {
  if (needed.length === 0) return;
  if (there === undefined)
    throw new BackupError(
      'dead',
      'There is no root key, and without it nothing in the backup opens. Put it back first: temoin keys import FILE',
    );
  if (needed.every((epoch) => there.includes(epoch))) return;
  throw new BackupError(
    'dead',
    `The root key was rotated since ${from} was made (it needs epoch ${needed.join(', ')}; there is ${there.join(', ')}): its keys open nothing any more. Its events still fit the present vault: --keep-vault`,
  );
}

function checkInUse({ files, isInUse }: RestoreOptions): void {
  for (const file of Object.values(files))
    if (isInUse(file))
      throw new BackupError(
        'in-use',
        `Something works with ${file}. Stop the service and every other temoin command first.`,
      );
}

async function stage(source: string, staged: string, sha256: string | undefined): Promise<void> {
  await rm(staged, { force: true });
  await copyFile(source, staged);
  await chmod(staged, 0o600);
  await syncFile(staged);
  await syncFolder(dirname(staged));
  if ((await sha256OfFile(staged)) !== sha256)
    throw new BackupError('damaged', `The copy of ${source} is not what was read before. Is the disk well?`);
}
