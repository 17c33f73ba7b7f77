import { readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { isThere, makeWithParents, syncFolder, writeDurably } from './durable.js';
import { BackupError } from './manifest.js';

/**
 * What is left to do of a restore that was decided. It is written once everything that comes back lies on disk, checked,
 * beside its place: from then on a restore only goes forward, and nothing opens the installation before it is through.
 */
export interface RestoreJournal {
  readonly format: 'temoin-restore/1';
  readonly backupId: string;
  /** Folder, beside each place, that what was there is moved to. */
  readonly asideName: string;
  readonly moves: readonly RestoreMove[];
}

export interface RestoreMove {
  readonly place: string;
  /** Absent: nothing comes back, what is there goes aside. */
  readonly staged?: string;
}

const JOURNAL = 'restore.json';
const SIDE_FILES = ['', '-wal', '-shm', '-journal'];

const schema = z.strictObject({
  format: z.literal('temoin-restore/1'),
  backupId: z.string(),
  asideName: z.string().regex(/^replaced-[a-z0-9-]{1,80}$/),
  moves: z.array(z.strictObject({ place: z.string().min(1), staged: z.string().min(1).exactOptional() })),
});

/** @returns undefined when no restore is under way in this data folder. @throws BackupError `damaged` */
export async function readRestoreJournal(data: string): Promise<RestoreJournal | undefined> {
  let text: string;
  try {
    text = await readFile(join(data, JOURNAL), 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new BackupError(
      'damaged',
      `${JOURNAL} in ${data} is damaged. The files that come back lie beside their places, named *.restoring.`,
    );
  }
}

export const writeRestoreJournal = (data: string, journal: RestoreJournal): Promise<void> =>
  writeDurably(join(data, JOURNAL), `${JSON.stringify(journal, null, 2)}\n`);

/** Gives up a restore that moved nothing yet. */
export async function dropRestoreJournal(data: string, journal: RestoreJournal): Promise<void> {
  await rm(join(data, JOURNAL), { force: true });
  await syncFolder(data);
  for (const { staged } of journal.moves) if (staged !== undefined) await rm(staged, { force: true });
}

/**
 * Does what is left of a restore. Interrupted anywhere, it is done again from the start and finds what is done already.
 * @returns the folders that hold what was replaced
 */
export async function finishRestore(
  data: string,
  journal: RestoreJournal,
  onMove: (place: string) => void | Promise<void> = () => undefined,
): Promise<readonly string[]> {
  for (const { place, staged } of journal.moves) {
    if (staged !== undefined && !(await isThere(staged))) continue;
    await moveAside(place, join(dirname(place), journal.asideName));
    await onMove(place);
    if (staged !== undefined) await rename(staged, place);
    await syncFolder(dirname(place));
    await onMove(place);
  }
  await rm(join(data, JOURNAL), { force: true });
  await syncFolder(data);
  const asides = [...new Set(journal.moves.map(({ place }) => join(dirname(place), journal.asideName)))];
  const left = await Promise.all(asides.map(async (aside) => ((await isThere(aside)) ? [aside] : [])));
  return left.flat();
}

/** The database with its side files: an old write-ahead log must never meet the file that comes back. */
async function moveAside(place: string, aside: string): Promise<void> {
  for (const suffix of SIDE_FILES) {
    const file = `${place}${suffix}`;
    if (!(await isThere(file))) continue;
    await makeWithParents(aside);
    await rename(file, join(aside, basename(file)));
  }
  if (await isThere(aside)) await syncFolder(aside);
}
