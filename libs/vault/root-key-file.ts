import { randomBytes, randomUUID } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KEY_BYTES } from './aead.js';
import { codeOf } from './error-code.js';
import { type KeyFileKind, openKeyFile } from './key-file.js';
import { RootKeyError, type RootKeySource } from './root-key.js';
import { parseRootKeys, printRootKeys, type RootKeyContent, rootKeysOf } from './root-key-content.js';
import { syncFolder } from './sync-folder.js';

/**
 * The root keys in a file of their own, readable by its owner alone. It must not travel with the vault's file: a backup
 * that holds both protects nothing.
 */

/** How often the file is looked at for what another process made of it, in milliseconds. */
const LOOK_EVERY = 2000;
const ROOT_KEY: KeyFileKind = {
  name: 'root key',
  whenMissing: 'Put it back from where it is kept apart; without it nothing sealed can be read.',
  fail: (fault, message, options) => new RootKeyError(`root-key-${fault}`, message, options),
};
/** Reading a file in the moment in which it is replaced is tried again. */
const READS = 5;

/**
 * Makes the file with one fresh key, whole or not at all. Of two processes that start together, one makes it and the
 * other is told that it is there.
 * @throws RootKeyError `root-key-exists` | `root-key-unreadable`
 */
export async function createRootKeyFile(path: string): Promise<void> {
  const fresh = { installation: freshKey(), epochs: [{ epoch: 1, key: freshKey() }], unswept: false };
  await writeRootKeyFile(path, fresh, 'absent');
}

export const freshKey = (): string => randomBytes(KEY_BYTES).toString('base64url');

/**
 * Writes the file, whole or not at all, on disk before it answers. What it replaces is overwritten where it lies, as far
 * as the disk and the file system let it be (a solid-state disk or a snapshot may keep a copy).
 * @param over `absent`: only where there is none; `any`: in the place of the one that is there
 * @throws RootKeyError `root-key-exists` | `root-key-unreadable`
 */
export async function writeRootKeyFile(path: string, content: RootKeyContent, over: 'absent' | 'any'): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  let replaced: FileHandle | undefined;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(printRootKeys(content));
      await file.sync();
    } finally {
      await file.close();
    }
    if (over === 'absent') await link(temporary, path);
    else {
      replaced = await open(path, 'r+').catch(() => undefined);
      await rename(temporary, path);
    }
    await syncFolder(dirname(path));
    if (replaced) await overwrite(replaced);
  } catch (error) {
    if (codeOf(error) === 'EEXIST')
      throw new RootKeyError('root-key-exists', `There is a root key in ${path} already; it is never overwritten.`);
    throw new RootKeyError('root-key-unreadable', `Cannot write the root key ${path} (${codeOf(error)}).`, {
      cause: error,
    });
  } finally {
    await replaced?.close();
    await rm(temporary, { force: true });
  }
}

/** A file that has no name any more. */
async function overwrite(file: FileHandle): Promise<void> {
  const { size, nlink } = await file.stat();
  if (nlink !== 0) return;
  await file.write(Buffer.alloc(size), 0, size, 0);
  await file.sync();
}

/** Root keys from a file of mode 0600 that belongs to the user who runs the process. */
export const rootKeyFile = (path: string): RootKeySource => ({
  load: async () => rootKeysOf(await readRootKeyFile(path)),
  watch(changed) {
    const listener = () => changed();
    watchFile(path, { interval: LOOK_EVERY, persistent: false }, listener);
    return () => unwatchFile(path, listener);
  },
});

/** @throws RootKeyError whose message says what to do */
export async function readRootKeyFile(path: string): Promise<RootKeyContent> {
  for (let reads = 1; ; reads += 1) {
    const file = await openKeyFile(path, ROOT_KEY);
    try {
      const content = parseRootKeys(await file.readFile('utf8'));
      if (content) return content;
      const { nlink } = await file.stat();
      if (nlink === 0 && reads < READS) continue;
    } finally {
      await file.close();
    }
    throw new RootKeyError(
      'root-key-damaged',
      `The root key ${path} is damaged. Put it back from where it is kept apart; do not make a new one, nothing sealed could be read any more.`,
    );
  }
}
