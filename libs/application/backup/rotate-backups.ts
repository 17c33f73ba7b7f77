import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '#kernel/time.js';
import { localDayOf, plusDays } from '#views/local-day.js';
import { BACKUP_DAYS, forgetBackups, recordedBackups } from './backup-record.js';
import { syncFolder } from './durable.js';
import { type Manifest, readManifest } from './manifest.js';
import { clearUnfinished, unfinishedName } from './unfinished.js';

export interface FoundBackup {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Backups of one installation in a folder, oldest first; whatever else is there is left out. */
export async function backupsIn(folder: string, installationId: string): Promise<readonly FoundBackup[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = await Promise.all(
    names
      .filter((name) => name.startsWith('temoin-'))
      .map(async (name) => {
        const place = join(folder, name);
        const manifest = await readManifest(place).catch(() => undefined);
        return manifest?.installation.id === installationId ? [{ folder: place, manifest }] : [];
      }),
  );
  return found.flat().sort((one, other) => (one.manifest.createdAt < other.manifest.createdAt ? -1 : 1));
}

/** Folders that look like backups and cannot be read as such; of which installation, nobody can say. */
export async function brokenBackupsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const broken = await Promise.all(
    names
      .filter((name) => name.startsWith('temoin-'))
      .map((name) =>
        readManifest(join(folder, name)).then(
          () => [],
          () => [join(folder, name)],
        ),
      ),
  );
  return broken.flat().sort();
}

/**
 * Deletes backups past their age. A backup made on the day itself and those of other installations are never touched.
 * @param options.days age in days of Paris: made on 2 June, it is deleted from 4 July on with 31
 * @returns ids of what was deleted
 */
export async function rotateBackups(options: {
  readonly folder: string;
  readonly data: string;
  readonly installationId: string;
  readonly now: Instant;
  readonly days?: number;
}): Promise<readonly string[]> {
  const { folder, data, installationId, now, days = BACKUP_DAYS } = options;
  const today = localDayOf(now);
  const all = await backupsIn(folder, installationId);
  const old = all.filter(({ manifest }) => plusDays(localDayOf(manifest.createdAt), days) < today);
  for (const { folder: place, manifest } of old) {
    // no longer a backup from this moment on, whatever interrupts the rest
    const leaving = join(folder, unfinishedName(installationId, manifest.backupId));
    await rename(place, leaving);
    await rm(leaving, { recursive: true, force: true });
  }
  await clearUnfinished({ folder, data, installationId });
  if (old.length > 0) await syncFolder(folder);
  // what was put here, is not here any more and is past its age, somebody else deleted
  const there = new Set((await backupsIn(folder, installationId)).map(({ manifest }) => manifest.backupId));
  const gone = (await recordedBackups(data)).filter(
    (one) => one.folder === folder && !there.has(one.backupId) && plusDays(localDayOf(one.createdAt), days) < today,
  );
  const deleted = old.map(({ manifest }) => manifest.backupId);
  await forgetBackups(data, new Set([...deleted, ...gone.map(({ backupId }) => backupId)]));
  return deleted;
}
