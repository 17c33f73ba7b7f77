import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './error-code.js';
import { type ErasureLedger, LedgerError, type LedgerNote, type LedgerReading, writeLine } from './ledger.js';
import { type LedgerOwner, ledgerReader } from './read-ledger.js';
import { syncFolder } from './sync-folder.js';

export interface LedgerFileOptions extends LedgerOwner {
  readonly path: string;
  /** Runs a task while no other process writes to this ledger; must be freed by the system when the process dies. */
  readonly lock: <T>(task: () => Promise<T>) => Promise<T>;
}

/**
 * The ledger as a file of JSON lines, mode 0600, made with its folder at the first entry. Several processes may append. A
 * last line without line end was cut off by a crash and never acknowledged: it is left out, and taken away by the next
 * append.
 */
export function ledgerFile(options: LedgerFileOptions): ErasureLedger {
  const { path, lock } = options;
  const reader = ledgerReader(options);
  let tail: Promise<unknown> = Promise.resolve();
  /** Of this process one at a time: what one has read is not yet what another goes on from. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const mine = tail.then(task);
    tail = mine.catch(() => undefined);
    return mine;
  };

  async function append(note: LedgerNote): Promise<LedgerNote> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await openForAppend(path);
    try {
      const { size } = await file.stat();
      if (size < reader.bytes) throw shortened(path);
      const read = reader.readOn(await readFrom(file, reader.bytes, size));
      if (read.line !== undefined) throw forged(path, read.line);
      const there = read.notes.get(note.destructionId);
      if (there) return there;
      const line = Buffer.from(`${writeLine(note, read.tip, options.installation, options.signer)}\n`, 'utf8');
      await writeAt(file, read.bytes, line);
      await syncFolder(dirname(path));
      reader.readOn(line);
      return note;
    } catch (error) {
      throw error instanceof LedgerError ? error : unavailable(path, error);
    } finally {
      await file.close();
    }
  }

  async function read(): Promise<LedgerReading> {
    let bytes: Buffer;
    try {
      bytes = await readFile(path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return { state: 'absent' };
      throw unavailable(path, error);
    }
    const { line, notes } = reader.readAll(bytes);
    return line === undefined ? { state: 'sound', notes: [...notes.values()] } : { state: 'forged', line };
  }

  return {
    where: path,
    append: (note) => inTurn(() => lock(() => append(note))),
    read: () => inTurn(read),
  };
}

/** What a ledger says up to the first line that cannot be trusted; nothing where there is no file. @throws LedgerError */
export async function soundNotes(options: Omit<LedgerFileOptions, 'lock'>): Promise<readonly LedgerNote[]> {
  const bytes = await readFile(options.path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw unavailable(options.path, error);
  });
  return [...ledgerReader(options).readAll(bytes).notes.values()];
}

/** Puts a ledger that cannot be used aside, under a name that says when. @returns the new name; undefined: there was none */
export async function setLedgerAside(path: string, stamp: string): Promise<string | undefined> {
  const aside = `${path}.${stamp.replaceAll(':', '')}.aside`;
  try {
    await rename(path, aside);
    await syncFolder(dirname(path));
    return aside;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unavailable(path, error);
  }
}

async function openForAppend(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw unavailable(path, error);
    return await open(path, 'wx+', 0o600).catch((cause) => Promise.reject(unavailable(path, cause)));
  }
}

async function readFrom(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(to - from);
  for (let read = 0; read < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, from + read);
    if (bytesRead === 0) throw new TypeError('the ledger ends before its size');
    read += bytesRead;
  }
  return bytes;
}

/** All or nothing, as far as the disk lets it: what was cut off before or by this write is taken away. */
async function writeAt(file: FileHandle, position: number, bytes: Buffer): Promise<void> {
  await file.truncate(position);
  try {
    for (let written = 0; written < bytes.length; )
      written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
    await file.sync();
  } catch (error) {
    await file.truncate(position).catch(() => undefined);
    throw error;
  }
}

const forged = (path: string, line: number) =>
  new LedgerError('ledger-forged', `Line ${line} of the erasure ledger ${path} was not written by this installation.`);
const shortened = (path: string) =>
  new LedgerError('ledger-shortened', `The erasure ledger ${path} is shorter than it was.`);
const unavailable = (path: string, cause: unknown) =>
  new LedgerError(
    'ledger-unavailable',
    `The erasure ledger ${path} cannot be read or written (${codeOf(cause)}). Mend that: nothing is destroyed without its entry there.`,
    { cause },
  );
