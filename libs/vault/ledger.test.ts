import { generateKeyPairSync } from 'node:crypto';
import { appendFile, lstat, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { signerFrom } from '#evidence/signature.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { LedgerNote } from './ledger.js';
import { ledgerFile, setLedgerAside } from './ledger-file.js';

const signer = signerFrom(generateKeyPairSync('ed25519').privateKey);
const stranger = signerFrom(generateKeyPairSync('ed25519').privateKey);
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-ledger-'));
  path = join(folder, 'kept', 'erasures.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** One task at a time, over all ledgers of a test: what the lock between processes does. */
let tail: Promise<unknown> = Promise.resolve();
const lock = <T>(task: () => Promise<T>): Promise<T> => {
  const mine = tail.then(task, task);
  tail = mine.catch(() => undefined);
  return mine;
};
const open = (more: Partial<Parameters<typeof ledgerFile>[0]> = {}) =>
  ledgerFile({ path, installation: 'i1', signer, lock, ...more });
const note = (n: number): LedgerNote => ({
  destructionId: `d${n}`,
  cells: [{ cell: `m${n}/identity` as CellId, keyDigest: 'a'.repeat(64) }, { cell: `m${n}/session:s` as CellId }],
  destroyedAt: '2026-06-10T08:00:00.000Z' as Instant,
});
const fill = async (count: number) => {
  const ledger = open();
  for (let n = 1; n <= count; n += 1) await ledger.append(note(n));
  return ledger;
};

describe('the erasure ledger', () => {
  it('is absent until the first destruction, then closed to others', async () => {
    expect(await open().read()).toEqual({ state: 'absent' });
    await fill(1);
    expect((await lstat(path)).mode & 0o777).toBe(0o600);
    expect((await lstat(join(folder, 'kept'))).mode & 0o777).toBe(0o700);
  });

  it('gives back what was written, in order, from another process too', async () => {
    await fill(3);
    expect(await open().read()).toEqual({ state: 'sound', notes: [note(1), note(2), note(3)] });
  });

  it('writes a destruction once, and answers it again as first written', async () => {
    const ledger = await fill(2);
    const later = { ...note(1), destroyedAt: '2027-01-01T00:00:00.000Z' as Instant };
    expect(await ledger.append(later)).toEqual(note(1));
    expect(await open().append(later)).toEqual(note(1));
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
  });

  it('keeps one chain when two writers take turns', async () => {
    const two = [open(), open()];
    await Promise.all(Array.from({ length: 20 }, (_, n) => two[n % 2]?.append(note(n))));
    const reading = await open().read();
    expect(reading.state === 'sound' && reading.notes).toHaveLength(20);
  });

  it('leaves out a last line that a crash cut off, and goes on after it', async () => {
    const ledger = await fill(2);
    await appendFile(path, '{"format":"temoin-erasure-led');
    expect(await open().read()).toMatchObject({ state: 'sound', notes: [note(1), note(2)] });
    await ledger.append(note(3));
    expect(await open().read()).toMatchObject({ state: 'sound', notes: [note(1), note(2), note(3)] });
  });

  it('notices at once, while it runs, that it became shorter', async () => {
    const ledger = await fill(2);
    await truncate(path, 10);
    await expect(ledger.append(note(3))).rejects.toMatchObject({ code: 'ledger-shortened' });
  });

  it('appends nothing to a ledger that is not its own', async () => {
    await fill(2);
    await expect(open({ signer: stranger }).append(note(3))).rejects.toMatchObject({ code: 'ledger-forged' });
    expect(await open({ installation: 'i2' }).read()).toEqual({ state: 'forged', line: 1 });
    await expect(open({ path: join(folder, 'kept') }).append(note(3))).rejects.toMatchObject({
      code: 'ledger-unavailable',
    });
  });

  it('is forged after any change of any byte before its end', async () => {
    await fill(3);
    const bytes = await readFile(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 2), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ change, at);
        await writeFile(path, changed);
        const reading = await open().read();
        // a line end that is gone joins two lines into one that is neither; on the last line it is a cut-off line
        expect(reading).not.toEqual({ state: 'sound', notes: [note(1), note(2), note(3)] });
        expect(reading.state).toBe('forged');
      }),
      { numRuns: 60 },
    );
  });

  it('is forged when a line is taken out, moved, repeated or brought in from elsewhere', async () => {
    await fill(3);
    const [first, second, third] = (await readFile(path, 'utf8')).trimEnd().split('\n');
    for (const lines of [
      [first, third],
      [second, first, third],
      [second, third],
      [first, first, second, third],
    ]) {
      await writeFile(path, `${lines.join('\n')}\n`);
      expect((await open().read()).state).toBe('forged');
    }
  });

  it('can be put aside, under another name, never removed', async () => {
    await fill(1);
    const bytes = await readFile(path);
    const aside = await setLedgerAside(path, '2026-06-10T08:00:00.000Z');
    expect(await readFile(aside ?? '')).toEqual(bytes);
    expect(await open().read()).toEqual({ state: 'absent' });
    expect(await setLedgerAside(path, '2026-06-10T08:00:00.000Z')).toBeUndefined();
  });
});
