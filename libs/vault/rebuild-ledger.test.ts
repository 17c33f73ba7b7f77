import { generateKeyPairSync } from 'node:crypto';
import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { signerFrom } from '#evidence/signature.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { bootGate, type LoggedDestruction } from './boot-gate.js';
import { ledgerFile } from './ledger-file.js';
import { rebuildLedger } from './rebuild-ledger.js';

const signer = signerFrom(generateKeyPairSync('ed25519').privateKey);
const destroyedAt = '2026-06-10T08:00:00.000Z' as Instant;
const cell = (text: string) => text as CellId;
const lock = <T>(task: () => Promise<T>) => task();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-rebuild-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = () => ({ path: join(folder, 'erasures.jsonl'), installation: 'i1', signer, lock });
const note = (n: number) => ({ destructionId: `d${n}`, cells: [{ cell: cell(`m${n}/identity`) }], destroyedAt });
const logged: LoggedDestruction[] = [2, 3].map((n) => ({
  destructionId: `d${n}`,
  cells: [cell(`m${n}/identity`)],
  destroyedAt,
}));
async function* log() {
  yield* logged;
}
async function vault(...dead: readonly string[]) {
  const keyVault = memoryKeyVault();
  for (const one of dead) await keyVault.destroy(cell(one), { destroyedAt, proof: 'p' });
  return keyVault;
}

describe('a rebuilt ledger', () => {
  it('holds what the trusted beginning of the old one, the log and the vault know, and opens the gate again', async () => {
    const ledger = ledgerFile(file());
    await ledger.append(note(1));
    await ledger.append(note(2));
    await appendFile(file().path, '{"forged":true}\n');
    const keyVault = await vault('m1/identity', 'm2/identity', 'm3/identity', 'm4/identity', 'm4/session:s');
    expect((await bootGate({ keyVault, ledger: ledgerFile(file()), logged: log() })).fault).toBe('ledger-forged');

    const report = await rebuildLedger({ file: file(), keyVault, logged: log(), stamp: '2026-06-11T08:00:00.000Z' });
    expect(report).toMatchObject({ fromLedger: 2, fromLog: 1, fromVault: 1 });
    const reading = await ledgerFile(file()).read();
    expect(reading).toMatchObject({
      state: 'sound',
      notes: [note(1), note(2), note(3), { destructionId: 'vault-p', cells: [{}, {}] }],
    });
    expect((await bootGate({ keyVault, ledger: ledgerFile(file()), logged: log() })).fault).toBeUndefined();
    expect((await readdir(folder)).filter((name) => name.endsWith('.aside'))).toHaveLength(1);
  });

  it('is made where the old one is gone', async () => {
    const keyVault = await vault('m2/identity');
    const report = await rebuildLedger({ file: file(), keyVault, logged: log(), stamp: 'x' });
    expect(report).toEqual({ aside: undefined, fromLedger: 0, fromLog: 2, fromVault: 0 });
  });

  it('takes up the work of a rebuilding that died before its last step', async () => {
    const dead = ledgerFile({ ...file(), path: `${file().path}.rebuilding` });
    await dead.append(note(7));
    const report = await rebuildLedger({ file: file(), keyVault: await vault(), logged: log(), stamp: 'x' });
    expect(report).toMatchObject({ fromLedger: 1, fromLog: 2 });
  });

  it('trusts nothing of a file that another installation wrote', async () => {
    await writeFile(file().path, 'not ours\n');
    const report = await rebuildLedger({ file: file(), keyVault: await vault(), logged: log(), stamp: 'x' });
    expect(report).toMatchObject({ fromLedger: 0, fromLog: 2 });
  });
});
