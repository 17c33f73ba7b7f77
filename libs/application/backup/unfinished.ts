import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { forgetBackups } from './backup-record.js';

/** Copies that were not finished, or are about to be deleted, have names of their own: nothing takes them for backups. */
const UNFINISHED = '.unfinished-';
const prefixOf = (installationId: string): string => `${UNFINISHED}${installationId.slice(0, 8)}-`;

export const unfinishedName = (installationId: string, backupId: string): string =>
  `${prefixOf(installationId)}${backupId}`;

/** Older than this, an unfinished copy of another installation is of a process that died. */
const DEAD_MS = 24 * 3_600_000;

/**
 * Removes what died halfway: of this installation at once, for the caller holds the lock without which nothing is copied.
 */
export async function clearUnfinished(options: {
  readonly folder: string;
  readonly data: string;
  readonly installationId: string;
}): Promise<void> {
  const { folder, data, installationId } = options;
  const mine = prefixOf(installationId);
  const cleared: string[] = [];
  for (const name of await readdir(folder).catch(() => [] as string[])) {
    if (!name.startsWith(UNFINISHED)) continue;
    const place = join(folder, name);
    if (!name.startsWith(mine) && Date.now() - (await stat(place)).mtimeMs <= DEAD_MS) continue;
    await rm(place, { recursive: true, force: true });
    if (name.startsWith(mine)) cleared.push(name.slice(mine.length));
  }
  await forgetBackups(data, new Set(cleared));
}
