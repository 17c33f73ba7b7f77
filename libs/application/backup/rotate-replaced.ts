import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Instant } from '#kernel/time.js';
import { localDayOf, plusDays } from '#views/local-day.js';
import { BACKUP_DAYS, forgetBackups, recordedBackups } from './backup-record.js';
import { syncFolder } from './durable.js';

/**
 * Deletes what restores moved aside once it is past the age of backups: it holds keys like any backup.
 * @param options.files places of the stores, which the folders lie beside
 * @returns what was deleted
 */
export async function rotateReplaced(options: {
  readonly data: string;
  readonly files: readonly string[];
  readonly now: Instant;
  readonly days?: number;
}): Promise<readonly string[]> {
  const { data, files, now, days = BACKUP_DAYS } = options;
  const today = localDayOf(now);
  const old = (await recordedBackups(data))
    .filter(({ backupId }) => backupId.startsWith('replaced-'))
    .filter(({ createdAt }) => plusDays(localDayOf(createdAt), days) < today)
    .map(({ backupId }) => backupId);
  const folders = [...new Set(files.map((file) => dirname(file)))];
  for (const backupId of old)
    for (const folder of folders) {
      await rm(join(folder, backupId), { recursive: true, force: true });
      await syncFolder(folder);
    }
  await forgetBackups(data, new Set(old));
  return old;
}
