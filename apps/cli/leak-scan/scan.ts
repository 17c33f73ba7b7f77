import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { compressedMembers } from './compressed-members.js';
import { type Finder, finderOf } from './find-needles.js';

/** A token to look for, and a word on where it was put: the token itself is never said. */
export interface Planted {
  readonly token: string;
  readonly where: string;
}

export interface Leak {
  readonly where: string;
  readonly encoding: string;
  /** File below the folder, or the name of the output; a compressed member follows after `!`. */
  readonly found: string;
  /** In bytes, in the file or member. */
  readonly offset: number;
}

/** Bytes to look at: a file, or what a process wrote. */
export interface Haystack {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface ScanResult {
  readonly leaks: readonly Leak[];
  /** What could not be looked into, and why: nothing is known of it. */
  readonly unseen: readonly { readonly name: string; readonly reason: string }[];
}

/** A compressed member in a compressed member, and so on: so deep. */
const DEEPEST = 4;

/** Looks for every token in every spelling, in raw bytes and in what is compressed in them. */
export function scanner(planted: readonly Planted[]): (haystack: Haystack) => ScanResult {
  const find = finderOf(planted.map(({ token }) => token));
  return (haystack) => {
    const leaks: Leak[] = [];
    const unseen: ScanResult['unseen'][number][] = [];
    look(haystack, 0);
    return { leaks, unseen };

    function look({ name, bytes }: Haystack, depth: number): void {
      leaks.push(...leaksIn(find, planted, name, bytes));
      if (depth === DEEPEST) return;
      const { members, tooLarge } = compressedMembers(bytes);
      for (const member of members) look({ name: `${name}!${member.name}`, bytes: member.bytes }, depth + 1);
      for (const one of tooLarge) unseen.push({ name: `${name}!${one}`, reason: 'grows too large when opened' });
    }
  };
}

function leaksIn(find: Finder, planted: readonly Planted[], found: string, bytes: Buffer): readonly Leak[] {
  return find(bytes).map(({ token, encoding, offset }) => ({
    where: planted[token]?.where ?? '',
    encoding,
    found,
    offset,
  }));
}

/** The same for several haystacks at once; throws when one could not be looked into. */
export function scan(haystacks: readonly Haystack[], planted: readonly Planted[]): readonly Leak[] {
  const look = scanner(planted);
  return haystacks.flatMap((haystack) => {
    const { leaks, unseen } = look(haystack);
    if (unseen.length > 0) throw new Error(`${unseen[0]?.name}: ${unseen[0]?.reason}`);
    return leaks;
  });
}

/** Paths of every file below a folder, whatever it is; the path itself when it is a file. Links are not followed. */
export async function filePaths(path: string): Promise<readonly string[]> {
  const about = await lstat(path);
  if (about.isFile()) return [path];
  if (!about.isDirectory()) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Every file below a folder with its bytes. A file that goes away meanwhile is left out. */
export async function filesOf(folder: string): Promise<readonly Haystack[]> {
  const found: Haystack[] = [];
  for (const path of await filePaths(folder)) {
    try {
      found.push({ name: relative(folder, path), bytes: await readFile(path) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return found;
}
