import { type FileHandle, open, rename, rm } from 'node:fs/promises';
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

async function withFile<T>(file: string, flags: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file, flags, 0o600);
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}
