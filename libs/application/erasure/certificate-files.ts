import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeDurably } from '../backup/durable.js';

/** Signed certificates, as they were first written. */
export interface CertificateFiles {
  /** On disk before it answers. */
  write(certificateId: string, text: string): Promise<void>;
  /** @returns undefined where there is none: never issued, or lost with an older copy of the data folder */
  read(certificateId: string): Promise<string | undefined>;
}

/** Certificates as files `<certificateId>.json` in a folder, mode 0600; the folder is made with the first. */
export const certificateFolder = (folder: string): CertificateFiles => ({
  async write(certificateId, text) {
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(join(folder, '..'));
    await writeDurably(fileOf(folder, certificateId), text);
  },
  async read(certificateId) {
    try {
      return await readFile(fileOf(folder, certificateId), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  },
});

/** Ids are made by us; one that is not of that form names no file. */
function fileOf(folder: string, certificateId: string): string {
  if (!/^[a-z0-9]{1,80}$/.test(certificateId)) throw new TypeError('not the id of a certificate');
  return join(folder, `${certificateId}.json`);
}
