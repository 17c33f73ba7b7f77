import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupError, type BackupPart, type Manifest, readManifest, sha256OfFile } from './manifest.js';

/**
 * Reads a backup's manifest and compares every file with it. Changes nothing.
 * @param onFile told before each file is read
 * @throws BackupError `no-backup` | `damaged`
 */
export async function verifyBackup(
  folder: string,
  onFile: (part: BackupPart, bytes: number) => void = () => undefined,
): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const parts = new Set(manifest.files.map(({ part }) => part));
  if (!parts.has('events') || !parts.has('vault') || parts.size < manifest.files.length)
    throw new BackupError('damaged', `The backup ${folder} lacks its events or its vault.`);
  for (const { part, name, bytes, sha256 } of manifest.files) {
    const file = join(folder, name);
    onFile(part, bytes);
    const size = await stat(file).then(
      (one) => one.size,
      () => undefined,
    );
    if (size === undefined) throw new BackupError('damaged', `The backup ${folder} lacks the file ${name}.`);
    if (size !== bytes || (await sha256OfFile(file)) !== sha256)
      throw new BackupError('damaged', `The file ${name} of the backup ${folder} is not the one that was made.`);
  }
  return manifest;
}
