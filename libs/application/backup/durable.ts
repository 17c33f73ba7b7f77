import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a small file whole or not at all, on disk before it answers; mode 0600. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const temporary = `${file}.writing`;
  await rm(temporary, { force: true });
  await withFile(temporary, 'wx', async (handle) => {
    await handle.writeFile(text);
    await handle.sync();
  });
  await rename(temporary, file);
  await syncFolder(dirname(file));
}

/** What was renamed, made or removed in a folder is on disk when this answers. */
export const syncFolder = (folder: string): Promise<void> => withFile(folder, 'r', (handle) => handle.sync());
export const syncFile = (file: string): Promise<void> => withFile(file, 'r+', (handle) => handle.sync());

/**
 * Each missing parent once, from the top. Node's own `recursive: true` goes round for ever where a file system answers
 * ENOENT below a folder that exists (/proc).
 */
export async function makeWithParents(folder: string): Promise<void> {
  if (await isThere(folder)) return;
  if (dirname(folder) !== folder) await makeWithParents(dirname(folder));
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    // another process that starts at the same time made it first
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}

export const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function withFile<T>(file: string, flags: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file, flags, 0o600);
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}
