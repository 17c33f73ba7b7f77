import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { needlesOf } from './encodings.js';

/** A planted token, and the field of the API that it was put into. */
export interface Planted {
  readonly token: string;
  readonly where: string;
}

export interface Leak {
  readonly where: string;
  readonly encoding: string;
  /** File below the folder, or the name of the output. */
  readonly found: string;
  readonly offset: number;
}

/** Bytes to look at: a file, or what a process wrote. */
export interface Haystack {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Every file below a folder, whatever it is. A file that goes away meanwhile is left out. */
export async function filesOf(folder: string): Promise<readonly Haystack[]> {
  const found: Haystack[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    try {
      if ((await stat(path)).isFile()) found.push({ name: relative(folder, path), bytes: await readFile(path) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return found;
}

/** Looks for every token in every encoding, in raw bytes. */
export function scan(haystacks: readonly Haystack[], planted: readonly Planted[]): readonly Leak[] {
  const leaks: Leak[] = [];
  for (const { token, where } of planted)
    for (const { encoding, bytes } of needlesOf(token))
      for (const haystack of haystacks) {
        const offset = haystack.bytes.indexOf(bytes);
        if (offset >= 0) leaks.push({ where, encoding, found: haystack.name, offset });
      }
  return leaks;
}
