import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from './error-code.js';

export type KeyFileFault = 'missing' | 'mode' | 'owner' | 'damaged' | 'unreadable';

/** A file that holds a key of the installation. */
export interface KeyFileKind {
  /** As messages call it. */
  readonly name: string;
  /** What to do where it is missing. */
  readonly whenMissing: string;
  readonly fail: (fault: KeyFileFault, message: string, options?: ErrorOptions) => Error;
}

/**
 * Opens a key file for reading: a file itself, no link, of mode 0600, that belongs to the user who runs the process. What is
 * checked is the file that was opened, not its name: it cannot be exchanged in between.
 * @throws what `fail` makes; its message says what to do
 */
export async function openKeyFile(path: string, kind: KeyFileKind): Promise<FileHandle> {
  const file = await openItself(path, kind);
  try {
    await checkOwnAlone(file, path, kind);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openItself(path: string, { name, whenMissing, fail }: KeyFileKind): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') throw fail('missing', `There is no ${name} in ${path}. ${whenMissing}`);
    throw fail(
      'unreadable',
      code === 'ELOOP'
        ? `The ${name} ${path} is a symbolic link. Put the file itself there.`
        : `Cannot read the ${name} ${path} (${code}). It must belong to the user who runs the service.`,
      { cause: error },
    );
  }
}

async function checkOwnAlone(file: FileHandle, path: string, { name, fail }: KeyFileKind): Promise<void> {
  const info = await file.stat();
  if (!info.isFile()) throw fail('damaged', `The ${name} ${path} is not a file.`);
  const me = process.getuid?.();
  if (me !== undefined && info.uid !== me)
    throw fail(
      'owner',
      `The ${name} ${path} belongs to another user. Give it to the user who runs the service: chown ${me} ${path}`,
    );
  if ((info.mode & 0o177) !== 0)
    throw fail(
      'mode',
      `Others may read or change the ${name} ${path} (mode ${(info.mode & 0o777).toString(8)}). Close it with: chmod 600 ${path}`,
    );
}
