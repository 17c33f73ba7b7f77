import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isThere, makeWithParents, syncFolder, writeDurably } from './durable.js';

/** Certificates of erasure travel with a backup as lines of JSON, so that a proof is not lost with a disk. */

const NAME = /^[a-z0-9]{1,80}\.json$/;

/** @returns false where there are none, and no file is written then */
export async function packCertificates(folder: string, to: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const lines: string[] = [];
  for (const name of names.filter((one) => NAME.test(one)).sort())
    lines.push(`${JSON.stringify({ name, text: await readFile(join(folder, name), 'utf8') })}\n`);
  if (lines.length === 0) return false;
  await writeDurably(to, lines.join(''));
  return true;
}

/** Puts back those that are missing; one that is there is never written over. @returns how many were put back */
export async function unpackCertificates(from: string, folder: string): Promise<number> {
  let written = 0;
  for (const line of (await readFile(from, 'utf8')).split('\n').filter((one) => one !== '')) {
    const { name, text } = JSON.parse(line) as { readonly name: string; readonly text: string };
    if (!NAME.test(name) || (await isThere(join(folder, name)))) continue;
    await makeWithParents(folder);
    await writeDurably(join(folder, name), text);
    written += 1;
  }
  if (written > 0) await syncFolder(dirname(folder));
  return written;
}
