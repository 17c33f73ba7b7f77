import { readFile } from 'node:fs/promises';

/**
 * Commits in the write-ahead log of a database, for tests: a frame that ends one carries the size of the database
 * (https://sqlite.org/fileformat2.html#walformat).
 * @param file the database; its log has not begun anew since it was made
 */
export async function commitsIn(file: string): Promise<number> {
  const log = await readFile(`${file}-wal`);
  let commits = 0;
  for (let at = 32; at + 24 <= log.length; at += 24 + 4096) if (log.readUInt32BE(at + 4) !== 0) commits += 1;
  return commits;
}
