import { open } from 'node:fs/promises';

/** What was made, renamed or removed in a folder is on disk when this answers. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
