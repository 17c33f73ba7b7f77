import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '#kernel/time.js';
import { forgetBackups, recordBackup } from './backup-record.js';
import { packCertificates } from './certificate-copies.js';
import { makeWithParents, syncFolder, writeDurably } from './durable.js';
import {
  BACKUP_FORMAT,
  BackupError,
  type BackupPart,
  MANIFEST,
  type Manifest,
  nameOfPart,
  type StorePart,
  sha256OfFile,
} from './manifest.js';
import { clearUnfinished, unfinishedName } from './unfinished.js';

export type BackupStep =
  | 'views-copied'
  | 'events-copied'
  | 'vault-copied'
  | 'certificates-copied'
  | 'described'
  | 'manifest-written'
  | 'named';

export interface BackupOptions {
  /** The folder that backups are put into, each in a folder of its own; absolute. */
  readonly folder: string;
  /** The data folder, for the record of backups. */
  readonly data: string;
  readonly files: { readonly events: string; readonly vault: string; readonly views: string };
  /** The folder of the certificates of erasure. */
  readonly certificates: string;
  /** Views can be rebuilt from events; a copy of them saves the time. */
  readonly views: boolean;
  readonly installation: Manifest['installation'];
  readonly now: Instant;
  /** Copies a database that is being written to, checked and on disk. */
  readonly copy: (from: string, to: string) => Promise<void>;
  /** What is in the copies. */
  readonly describe: (files: {
    readonly events: string;
    readonly vault: string;
  }) => Promise<Pick<Manifest, 'head' | 'epochs' | 'livingCells'>>;
  readonly onStep?: (step: BackupStep) => void | Promise<void>;
}

/**
 * Copies a running installation. Views first, then events, then the vault: a view never knows an event that the copy
 * lacks, and every value in the events has its key in the vault, because keys are on disk before events are. What is
 * destroyed in between is a tombstone in the copy, which is right. The root key and the erasure ledger are never copied.
 * One at a time: the caller makes sure of that, and what an earlier one left when it died is removed.
 * @throws BackupError; SqliteFault. Nothing that counts as a backup is left then
 */
export async function makeBackup(options: BackupOptions): Promise<Manifest & { readonly folder: string }> {
  const { folder, data, files, now, onStep = () => undefined } = options;
  const backupId = `${now.slice(0, 19).replaceAll(':', '').toLowerCase()}-${randomUUID().slice(0, 8)}`;
  const cannot = (error: NodeJS.ErrnoException) => {
    throw new BackupError('folder', `Cannot write in the folder ${folder} (${error.code}).`);
  };
  await makeWithParents(folder).catch(cannot);
  const making = join(folder, unfinishedName(options.installation.id, backupId));
  const made = join(folder, `temoin-${backupId}`);
  await clearUnfinished({ folder, data, installationId: options.installation.id });
  // known before a key is copied: a certificate must never promise too early a day
  await recordBackup(data, { backupId, createdAt: now, folder });
  try {
    await mkdir(making, { mode: 0o700 }).catch(cannot);
    const stores: readonly StorePart[] = options.views ? ['views', 'events', 'vault'] : ['events', 'vault'];
    for (const part of stores) {
      await options.copy(files[part], join(making, nameOfPart(part)));
      await onStep(`${part}-copied`);
    }
    // after the events: each that the log knows of is there by then
    const certified = await packCertificates(options.certificates, join(making, nameOfPart('certificates')));
    await onStep('certificates-copied');
    const parts: readonly BackupPart[] = certified ? [...stores, 'certificates'] : stores;
    const described = await options.describe({
      events: join(making, nameOfPart('events')),
      vault: join(making, nameOfPart('vault')),
    });
    await onStep('described');
    const listed = await Promise.all(
      parts.map(async (part) => {
        const name = nameOfPart(part);
        const { size: bytes } = await stat(join(making, name));
        return { part, name, bytes, sha256: await sha256OfFile(join(making, name)) };
      }),
    );
    const strangers = (await readdir(making)).filter((name) => !listed.some((one) => one.name === name));
    if (strangers.length > 0) throw new BackupError('folder', `Something else writes to ${making}.`);
    const { installation } = options;
    const manifest: Manifest = {
      format: BACKUP_FORMAT,
      backupId,
      installation,
      createdAt: now,
      ...described,
      files: listed,
    };
    await writeDurably(join(making, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await onStep('manifest-written');
    await rename(making, made);
    await syncFolder(folder);
    await onStep('named');
    return { ...manifest, folder: made };
  } catch (error) {
    await rm(making, { recursive: true, force: true }).catch(() => undefined);
    await forgetBackups(data, new Set([backupId]));
    throw error;
  }
}
