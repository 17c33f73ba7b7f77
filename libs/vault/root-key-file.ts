import { createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KEY_BYTES } from './aead.js';
import { fromBase64url } from './canonical.js';
import { RootKeyError, type RootKeySource, type RootKeys } from './root-key.js';

/**
 * The root keys in a file of their own, readable by its owner alone. It must not travel with the vault's file: a backup
 * that holds both protects nothing.
 */

const FORMAT = 'temoin-root-key/1';
interface Epoch {
  readonly epoch: number;
  readonly key: string;
}

/**
 * Makes the file with one fresh key, whole or not at all. Of two processes that start together, one makes it and the
 * other is told that it is there.
 * @throws RootKeyError `root-key-exists` | `root-key-unreadable`
 */
export async function createRootKeyFile(path: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  const raw = randomBytes(KEY_BYTES);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      const content = { format: FORMAT, epochs: [{ epoch: 1, key: raw.toString('base64url') }] };
      await file.writeFile(`${JSON.stringify(content, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(temporary, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST')
      throw new RootKeyError('root-key-exists', `There is a root key in ${path} already; it is never overwritten.`);
    throw new RootKeyError('root-key-unreadable', `Cannot write the root key ${path} (${codeOf(error)}).`, {
      cause: error,
    });
  } finally {
    raw.fill(0);
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
}

/** Root keys from a file of mode 0600 that belongs to the user who runs the process. */
export const rootKeyFile = (path: string): RootKeySource => ({ load: () => load(path) });

async function load(path: string): Promise<RootKeys> {
  const file = await openFile(path);
  try {
    await checkFile(file, path);
    return parse(await file.readFile('utf8'), path);
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT')
      throw new RootKeyError(
        'root-key-missing',
        `There is no root key in ${path}. Put it back from where it is kept apart; without it nothing sealed can be read.`,
      );
    throw new RootKeyError(
      'root-key-unreadable',
      code === 'ELOOP'
        ? `The root key ${path} is a symbolic link. Put the file itself there.`
        : `Cannot read the root key ${path} (${code}). It must belong to the user who runs the service.`,
      { cause: error },
    );
  }
}

/** Checks the file that was opened, not its name: it cannot be exchanged in between. */
async function checkFile(file: FileHandle, path: string): Promise<void> {
  const info = await file.stat();
  if (!info.isFile()) throw new RootKeyError('root-key-damaged', `The root key ${path} is not a file.`);
  const me = process.getuid?.();
  if (me !== undefined && info.uid !== me)
    throw new RootKeyError(
      'root-key-owner',
      `The root key ${path} belongs to another user. Give it to the user who runs the service: chown ${me} ${path}`,
    );
  if ((info.mode & 0o177) !== 0)
    throw new RootKeyError(
      'root-key-mode',
      `Others may read or change the root key ${path} (mode ${(info.mode & 0o777).toString(8)}). Close it with: chmod 600 ${path}`,
    );
}

function parse(text: string, path: string): RootKeys {
  const damaged = () =>
    new RootKeyError(
      'root-key-damaged',
      `The root key ${path} is damaged. Put it back from where it is kept apart; do not make a new one, nothing sealed could be read any more.`,
    );
  const epochs = epochsOf(text);
  if (!epochs) throw damaged();
  const keys = new Map<number, KeyObject>();
  for (const { epoch, key } of epochs) {
    const raw = fromBase64url(key);
    if (raw?.byteLength !== KEY_BYTES || keys.has(epoch)) throw damaged();
    keys.set(epoch, createSecretKey(raw));
    raw.fill(0);
  }
  return { current: Math.max(...keys.keys()), key: (epoch) => keys.get(epoch) };
}

function epochsOf(text: string): readonly Epoch[] | undefined {
  let content: { format?: unknown; epochs?: unknown } | null;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (content?.format !== FORMAT || !Array.isArray(content.epochs) || content.epochs.length === 0) return undefined;
  return content.epochs.every(isEpoch) ? content.epochs : undefined;
}

const isEpoch = (one: { epoch?: unknown; key?: unknown } | null): one is Epoch =>
  typeof one?.key === 'string' && typeof one.epoch === 'number' && Number.isSafeInteger(one.epoch) && one.epoch >= 1;

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const codeOf = (error: unknown): string =>
  String((error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error');
