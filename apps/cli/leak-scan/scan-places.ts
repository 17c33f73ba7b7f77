import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { filePaths, type Leak, type ScanResult, type scanner } from './scan.js';

export interface Places {
  /** Files and folders. */
  readonly places: readonly string[];
  /** Those that must be there: a wrong name would look like a clean one. */
  readonly named: ReadonlySet<string>;
  /** A file that is left out: the one with the texts. */
  readonly except: string;
  readonly look: ReturnType<typeof scanner>;
  readonly onFile: (files: number, bytes: number) => void;
}

export interface Scanned extends ScanResult {
  readonly files: number;
  readonly bytes: number;
}

/** Looks into every file, each once. What is gone by then holds nothing; what may not be read is told. */
export async function scanPlaces({ places, named, except, look, onFile }: Places): Promise<Scanned> {
  const seen = new Set([except]);
  const leaks: Leak[] = [];
  const unseen: ScanResult['unseen'][number][] = [];
  let [files, bytes] = [0, 0];
  const told = (name: string) => (error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') unseen.push({ name, reason: `cannot be read (${code})` });
    return undefined;
  };
  for (const place of places) {
    if (named.has(place) && !existsSync(place)) unseen.push({ name: place, reason: 'is not there' });
    for (const path of (await filePaths(place).catch(told(place))) ?? []) {
      if (seen.has(path)) continue;
      seen.add(path);
      const content = await readFile(path).catch(told(path));
      if (content === undefined) continue;
      const result = look({ name: path, bytes: content });
      leaks.push(...result.leaks);
      unseen.push(...result.unseen);
      files += 1;
      bytes += content.length;
      onFile(files, bytes);
    }
  }
  return { leaks, unseen, files, bytes };
}
