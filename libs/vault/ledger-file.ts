import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './error-code.js';
import {
  CHAIN_START,
  type ChainTip,
  type ErasureLedger,
  LedgerError,
  type LedgerNote,
  type LedgerReading,
  type LedgerSigner,
  nextTip,
  readLine,
  writeLine,
} from './ledger.js';
import { syncFolder } from './sync-folder.js';

export interface LedgerFileOptions {
  readonly path: string;
  readonly installation: string;
  readonly signer: LedgerSigner;
  /** Runs a task while no other process writes to this ledger; must be freed by the system when the process dies. */
  readonly lock: <T>(task: () => Promise<T>) => Promise<T>;
}

/** What this process has read and checked of the file so far. */
interface Known {
  readonly bytes: number;
  readonly tip: ChainTip;
  readonly notes: ReadonlyMap<string, LedgerNote>;
}
const NOTHING: Known = { bytes: 0, tip: CHAIN_START, notes: new Map() };

/**
 * The ledger as a file of JSON lines, mode 0600, made with its folder at the first entry. Several processes may append. A
 * last line without line end was cut off by a crash and never acknowledged: it is left out, and taken away by the next
 * append.
 */
export function ledgerFile(options: LedgerFileOptions): ErasureLedger {
  const { path, lock } = options;
  let known = NOTHING;
  /** What an open left half done by a failure is looked at from the start. */
  const advance = (bytes: Buffer): Read => {
    const read = readOn(known, bytes, options);
    if (read.line === undefined) known = read;
    return read;
  };
  return {
    where: path,

    append: (note) =>
      lock(async () => {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        const file = await openForAppend(path);
        try {
          const { size } = await file.stat();
          if (size < known.bytes) throw shortened(path);
          const read = advance(await readFrom(file, known.bytes, size));
          if (read.line !== undefined) throw forged(path, read.line);
          const there = read.notes.get(note.destructionId);
          if (there) return there;
          const line = writeLine(note, read.tip, options.installation, options.signer);
          await writeAt(file, read.bytes, `${line}\n`);
          await syncFolder(dirname(path));
          known = withLine(read, line, note);
          return note;
        } catch (error) {
          throw error instanceof LedgerError ? error : unavailable(path, error);
        } finally {
          await file.close();
        }
      }),

    async read(): Promise<LedgerReading> {
      let bytes: Buffer;
      try {
        bytes = await readFile(path);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return { state: 'absent' };
        throw unavailable(path, error);
      }
      const read = readOn(NOTHING, bytes, options);
      if (read.line !== undefined) return { state: 'forged', line: read.line };
      if (read.bytes >= known.bytes) known = read;
      return { state: 'sound', notes: [...read.notes.values()] };
    },
  };
}

/** What a ledger says up to the first line that cannot be trusted; nothing where there is no file. @throws LedgerError */
export async function soundNotes(options: Omit<LedgerFileOptions, 'lock'>): Promise<readonly LedgerNote[]> {
  const bytes = await readFile(options.path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw unavailable(options.path, error);
  });
  return [...readOn(NOTHING, bytes, options).notes.values()];
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

/** With the first line that does not belong there; what was read before it stands. */
interface Read extends Known {
  readonly line?: number;
}

function readOn(from: Known, bytes: Buffer, { installation, signer }: Omit<LedgerFileOptions, 'lock'>): Read {
  const notes = new Map(from.notes);
  let { tip } = from;
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    const line = bytes.toString('utf8', start, end);
    const note = readLine(line, tip, installation, signer);
    if (!note || notes.has(note.destructionId)) return { bytes: from.bytes + start, tip, notes, line: tip.seq + 1 };
    notes.set(note.destructionId, note);
    tip = nextTip(tip, line);
    start = end + 1;
  }
  return { bytes: from.bytes + start, tip, notes };
}

const withLine = (known: Known, line: string, note: LedgerNote): Known => ({
  bytes: known.bytes + Buffer.byteLength(line) + 1,
  tip: nextTip(known.tip, line),
  notes: new Map(known.notes).set(note.destructionId, note),
});

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
async function writeAt(file: FileHandle, position: number, text: string): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
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

/** What was renamed in a folder is on disk when this answers. */
