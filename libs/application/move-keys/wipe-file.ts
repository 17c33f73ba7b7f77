import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isThere, syncFolder } from '../backup/durable.js';

/** Where a database file that is being removed stands meanwhile: nobody opens half of one. */
const asideOf = (file: string): string => `${file}.retired`;

const CHUNK = 1 << 20;

/**
 * Removes a database file that nobody has open, and what lies beside it: each is overwritten with zeros as long as it is, read back,
 * and removed, on disk before it answers. A solid-state disk or a snapshot may keep a copy. Killed in between, the same call goes on.
 * @returns whether there was anything
 */
export async function wipeDatabaseFile(file: string): Promise<boolean> {
  const folder = dirname(file);
  // left by a call that was killed
  let there = await wiped(asideOf(file));
  if (await isThere(file)) {
    await rename(file, asideOf(file));
    await syncFolder(folder);
    there = true;
  }
  for (const beside of [`${file}-wal`, `${file}-shm`, asideOf(file)]) there = (await wiped(beside)) || there;
  if (there) await syncFolder(folder);
  return there;
}

async function wiped(path: string): Promise<boolean> {
  if (!(await isThere(path))) return false;
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const zeros = Buffer.alloc(CHUNK);
    for (let at = 0; at < size; at += CHUNK) await file.write(zeros, 0, Math.min(CHUNK, size - at), at);
    await file.sync();
    for (let at = 0; at < size; at += CHUNK) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, at);
      if (buffer.subarray(0, bytesRead).some((byte) => byte !== 0)) throw new Error(`${path} does not read back empty`);
    }
  } finally {
    await file.close();
  }
  await rm(path);
  return true;
}

/** Whether a call was killed while the file stood aside. */
export const isHalfWiped = (file: string): Promise<boolean> => isThere(asideOf(file));
