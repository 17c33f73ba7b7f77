import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfiguration } from './configuration.js';
import { isOnVolumeOfData } from './erasure-ledger.js';
import { openSigningKey } from './signing-key.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-signing-'));
  await mkdir(join(folder, 'data'), { mode: 0o700 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const config = (...more: readonly string[]) => loadConfiguration({}, ['--data', join(folder, 'data'), ...more]);
const start = { create: true, isNew: true };
const later = { create: true, isNew: false };
async function leaveLedger(): Promise<void> {
  await mkdir(join(folder, 'data-ledger'));
  await writeFile(join(folder, 'data-ledger', 'erasures.jsonl'), 'of an earlier one\n');
}

describe('the signing key', () => {
  it('is made once, closed to others, and is the same from then on', async () => {
    const made = await openSigningKey(config(), start);
    expect((await stat(join(folder, 'data', 'signing-key.json'))).mode & 0o777).toBe(0o600);
    expect((await openSigningKey(config(), later)).keyId).toBe(made.keyId);
  });

  it('is made once when several processes start together', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => openSigningKey(config(), start)));
    expect(new Set(made.map(({ keyId }) => keyId)).size).toBe(1);
  });

  it('is never made anew where something was signed: without it neither ledger nor certificates can go on', async () => {
    await leaveLedger();
    await expect(openSigningKey(config(), later)).rejects.toMatchObject({
      code: 'signing-key',
      message: expect.stringContaining('Put it back'),
    });
    await rm(join(folder, 'data-ledger'), { recursive: true });
    await mkdir(join(folder, 'data', 'certificates'));
    await expect(openSigningKey(config(), later)).rejects.toMatchObject({ code: 'signing-key' });
  });

  it('is not made by a tool that only looks', async () => {
    await expect(openSigningKey(config(), { create: false, isNew: false })).rejects.toThrow(/Start the service once/);
    expect(await readdir(join(folder, 'data'))).toEqual([]);
  });
});

describe('a new installation beside the ledger of an earlier one', () => {
  it('does not start, and says what to do', async () => {
    await leaveLedger();
    await expect(openSigningKey(config(), start)).rejects.toMatchObject({
      code: 'erasure-ledger',
      message: expect.stringContaining('TEMOIN_ERASURE_LEDGER'),
    });
  });

  it('puts it aside in a simulation, where nobody was erased', async () => {
    await leaveLedger();
    await openSigningKey(config('--simulate', '2026-06-02T09:30:00+02:00'), start);
    expect(await readdir(join(folder, 'data-ledger'))).toEqual([expect.stringMatching(/^erasures\.jsonl\..+\.aside$/)]);
  });
});

describe('the place of the ledger', () => {
  it('is beside the data folder by default, on its volume, and says so', async () => {
    expect(config().erasureLedger).toBe(join(folder, 'data-ledger', 'erasures.jsonl'));
    expect(await isOnVolumeOfData(config())).toBe(true);
    expect(await isOnVolumeOfData({ ...config(), erasureLedger: '/proc/none/erasures.jsonl' })).toBe(false);
  });
});
