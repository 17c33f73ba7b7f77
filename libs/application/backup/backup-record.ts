import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant, LocalDate } from '#kernel/time.js';
import { localDayOf, plusDays } from '#views/local-day.js';
import { writeDurably } from './durable.js';

/** What the data folder remembers of the backups made of it, so that a certificate can say how long copies still exist. */
export interface RecordedBackup {
  readonly backupId: string;
  readonly createdAt: Instant;
  /** The folder that it was put into: only there can it be known to be gone. */
  readonly folder?: string;
}

const RECORD = 'backups.json';
/** The age at which backups are deleted (`backup-rotation` of the clocks). */
export const BACKUP_DAYS = 31;

/** Backups that exist as far as is known, oldest first; none where the record is absent. @throws when it is damaged */
export async function recordedBackups(data: string): Promise<readonly RecordedBackup[]> {
  let text: string;
  try {
    text = await readFile(join(data, RECORD), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return (JSON.parse(text) as { readonly backups: readonly RecordedBackup[] }).backups;
}

export async function recordBackup(data: string, made: RecordedBackup): Promise<void> {
  const others = (await recordedBackups(data)).filter(({ backupId }) => backupId !== made.backupId);
  const backups = [...others, made].sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
  await writeDurably(join(data, RECORD), `${JSON.stringify({ backups }, null, 2)}\n`);
}

export async function forgetBackups(data: string, backupIds: ReadonlySet<string>): Promise<void> {
  const before = await recordedBackups(data);
  const backups = before.filter(({ backupId }) => !backupIds.has(backupId));
  if (backups.length < before.length)
    await writeDurably(join(data, RECORD), `${JSON.stringify({ backups }, null, 2)}\n`);
}

/**
 * The day on which the last backup that is known leaves rotation: from the day after on no copy of a key destroyed now
 * exists. Backups that should have gone and are not known to be deleted count as going today.
 * @returns undefined where no backup is known
 */
export async function lastBackupLeavesOn(
  data: string,
  now: Instant,
  days: number = BACKUP_DAYS,
): Promise<LocalDate | undefined> {
  const last = (await recordedBackups(data)).at(-1);
  if (!last) return undefined;
  const leaves = plusDays(localDayOf(last.createdAt), days);
  const today = localDayOf(now);
  const overdue = leaves < today;
  return overdue ? today : leaves;
}
