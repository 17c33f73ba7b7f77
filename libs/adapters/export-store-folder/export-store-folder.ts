import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkExportId, type ExportStore } from '#ports/export-store/export-store.js';

const SUFFIX = '.sealed.json';

/**
 * One file (0600) for each export in a folder of their own (0700), which is made with the first one. A file is written
 * under another name and renamed, both on disk before the answer: a crash leaves a whole export or none, and what it left
 * half written goes when the ids are next asked for.
 */
export function folderExportStore(folder: string): ExportStore {
  const fileOf = (id: string): string => {
    checkExportId(id);
    return join(folder, `${id}${SUFFIX}`);
  };
  return {
    async put(id, sealed) {
      const file = fileOf(id);
      await mkdir(folder, { mode: 0o700 }).catch(unlessThere);
      const temporary = `${file}.${randomUUID()}`;
      try {
        const handle = await open(temporary, 'wx', 0o600);
        try {
          await handle.writeFile(sealed);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(temporary, file);
        await syncFolder(folder);
      } finally {
        await rm(temporary, { force: true });
      }
    },
    async get(id) {
      return readFile(fileOf(id), 'utf8').catch(undefinedWhenAbsent);
    },
    async remove(id) {
      const file = fileOf(id);
      const gone = await rm(file).then(() => true, undefinedWhenAbsent);
      if (gone) await syncFolder(folder);
      return gone ?? false;
    },
    async ids() {
      const names = (await readdir(folder).catch(undefinedWhenAbsent)) ?? [];
      for (const name of names) if (name.includes(`${SUFFIX}.`)) await removeLeftOver(join(folder, name));
      return names.flatMap((name) => (name.endsWith(SUFFIX) ? [name.slice(0, -SUFFIX.length)] : []));
    },
  };
}

/** What a crash left half written; one that is just being written is younger. */
async function removeLeftOver(file: string): Promise<void> {
  const info = await stat(file).catch(undefinedWhenAbsent);
  if (info !== undefined && Date.now() - info.mtimeMs > LEFT_OVER_MS) await rm(file, { force: true });
}
const LEFT_OVER_MS = 60_000;

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown } | undefined)?.code;
const undefinedWhenAbsent = (error: unknown): undefined => {
  if (codeOf(error) !== 'ENOENT') throw error;
  return undefined;
};
const unlessThere = (error: unknown): void => {
  if (codeOf(error) !== 'EEXIST') throw error;
};
