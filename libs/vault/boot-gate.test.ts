import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import { memoryRootKey } from '#testing/open-memory-temoin.js';
import { bootGate, type LoggedDestruction, shutVault } from './boot-gate.js';
import { type ErasureLedger, LedgerError, type LedgerNote, type LedgerReading } from './ledger.js';
import { openVault } from './open-vault.js';

const roots = memoryRootKey();
const destroyedAt = '2026-06-10T08:00:00.000Z' as Instant;
const cell = (text: string) => text as CellId;
const dead = cell('m1/session:s1');
const below = cell('m1/session:s1/e1.note');
const identity = cell('m1/identity');
const entry: LedgerNote = { destructionId: 'd1', cells: [{ cell: dead }], destroyedAt };
const logged: LoggedDestruction = { destructionId: 'd1', cells: [dead], destroyedAt };

const ledgerThat = (reading: LedgerReading | LedgerError): ErasureLedger => ({
  where: 'ledger.jsonl',
  append: async (note) => note,
  read: async () => {
    if (reading instanceof LedgerError) throw reading;
    return reading;
  },
});
const sound = (...notes: readonly LedgerNote[]) => ledgerThat({ state: 'sound', notes });
const absent = ledgerThat({ state: 'absent' });

async function* log(...events: readonly LoggedDestruction[]) {
  yield* events;
}
async function vaultWith(...cells: readonly CellId[]): Promise<KeyVault> {
  const keyVault = memoryKeyVault();
  const at = { stream: 'session-s1', eventId: 'e1', type: 'Noted', version: 1, path: 'note' };
  await openVault({ keyVault, roots }).seal(cells.map((one) => ({ at, cell: one, value: 'x' })));
  return keyVault;
}
const states = async (keyVault: KeyVault, ...cells: readonly CellId[]) =>
  (await keyVault.lookup(cells)).map((one) => one?.state);

describe('the boot gate', () => {
  it('has nothing to say on an installation that never destroyed anything', async () => {
    const report = await bootGate({ keyVault: await vaultWith(dead), ledger: absent, logged: log() });
    expect(report).toEqual({
      fault: undefined,
      says: '',
      destroyedAgain: [],
      fencedAgain: 0,
      forgottenByLog: [],
      pending: [],
    });
  });

  it('destroys again what an older vault brought back, with what is below, and leaves the rest', async () => {
    const keyVault = await vaultWith(dead, below, identity);
    const report = await bootGate({ keyVault, ledger: sound(entry), logged: log(logged) });
    expect(report.fault).toBeUndefined();
    expect(report.destroyedAgain.map((one) => one.cell).sort()).toEqual([dead, below]);
    expect(await states(keyVault, dead, below, identity)).toEqual(['destroyed', 'destroyed', 'living']);
    const [record] = await keyVault.lookup([dead]);
    expect(record).toMatchObject({ tombstone: { destroyedAt, proof: 'd1' } });
    const again = await bootGate({ keyVault, ledger: sound(entry), logged: log(logged) });
    expect([again.destroyedAgain, again.fencedAgain]).toEqual([[], 0]);
  });

  it('lets the ledger win over a log and a vault that are both older', async () => {
    const keyVault = await vaultWith(dead);
    const report = await bootGate({ keyVault, ledger: sound(entry), logged: log() });
    expect(report).toMatchObject({ fault: undefined, forgottenByLog: ['d1'], destroyedAgain: [{ cell: dead }] });
  });

  it('finishes a destruction that is under way or was interrupted, and does not call it older data', async () => {
    const keyVault = await vaultWith(dead, below);
    const decided = { ...logged, destroyedAt: undefined };
    const report = await bootGate({ keyVault, ledger: sound(entry), logged: log(decided) });
    expect(report).toMatchObject({ fault: undefined, destroyedAgain: [], fencedAgain: 0, pending: ['d1'] });
    expect(await states(keyVault, dead, below)).toEqual(['destroyed', 'destroyed']);
  });

  it('destroys each cell once, though the ledger lists those below it too', async () => {
    const keyVault = await vaultWith(dead, below);
    const note: LedgerNote = { ...entry, cells: [{ cell: dead }, { cell: below }] };
    const { destroyedAgain, fencedAgain } = await bootGate({ keyVault, ledger: sound(note), logged: log() });
    expect(destroyedAgain.map((one) => one.cell).sort()).toEqual([dead, below].sort());
    expect(fencedAgain).toBe(0);
  });

  it('believes a certificate when log, vault and ledger have all forgotten, once it is genuine', async () => {
    const certificate = (genuine: boolean) => [
      { destructionId: 'd1', cells: [dead], destroyedAt, isGenuine: () => genuine },
    ];
    const forged = await vaultWith(dead);
    const gate = (keyVault: Awaited<ReturnType<typeof vaultWith>>, ledger = absent, genuine = true) =>
      bootGate({ keyVault, ledger, logged: log(), certified: certificate(genuine) });
    expect(await gate(forged, absent, false)).toMatchObject({ fault: undefined, destroyedAgain: [] });
    expect(await states(forged, dead)).toEqual(['living']);
    const report = await gate(await vaultWith(dead));
    expect(report).toMatchObject({ fault: 'ledger-missing', destroyedAgain: [{ destructionId: 'd1', cell: dead }] });
    expect(await gate(await vaultWith(dead), sound(entry))).toMatchObject({ fault: undefined });
  });

  it('fences again a cell that an older vault had not made yet', async () => {
    const keyVault = memoryKeyVault();
    expect(await bootGate({ keyVault, ledger: sound(entry), logged: log(logged) })).toMatchObject({
      fencedAgain: 1,
      destroyedAgain: [],
    });
    expect(await states(keyVault, below)).toEqual(['destroyed']);
  });

  it('stops every opening when the ledger is missing and the log, or the vault, knows of a destruction', async () => {
    const fromLog = await bootGate({ keyVault: await vaultWith(dead), ledger: absent, logged: log(logged) });
    expect(fromLog.fault).toBe('ledger-missing');
    expect(fromLog.says).toContain('ledger.jsonl');
    expect(fromLog.destroyedAgain).toHaveLength(1);
    const keyVault = await vaultWith(dead);
    await keyVault.destroy(dead, { destroyedAt, proof: 'd1' });
    expect((await bootGate({ keyVault, ledger: absent, logged: log() })).fault).toBe('ledger-missing');
  });

  it('stops every opening when the ledger lacks what the log, or the vault, knows of', async () => {
    const other: LedgerNote = { ...entry, destructionId: 'd0', cells: [{ cell: cell('m0') }] };
    const keyVault = await vaultWith(dead);
    expect((await bootGate({ keyVault, ledger: sound(other), logged: log(logged) })).fault).toBe('ledger-shortened');
    expect((await bootGate({ keyVault, ledger: sound(other), logged: log() })).fault).toBe('ledger-shortened');
    expect((await bootGate({ keyVault, ledger: sound(other, entry), logged: log(logged) })).fault).toBeUndefined();
  });

  it('stops every opening when the ledger is forged or cannot be read', async () => {
    const keyVault = memoryKeyVault();
    const forged = await bootGate({ keyVault, ledger: ledgerThat({ state: 'forged', line: 7 }), logged: log() });
    expect(forged.fault).toBe('ledger-forged');
    expect(forged.says).toContain('Line 7');
    const away = ledgerThat(new LedgerError('ledger-unavailable', 'away'));
    expect((await bootGate({ keyVault, ledger: away, logged: log() })).fault).toBe('ledger-unavailable');
  });

  it('names what is decided and not carried out, and leaves it to the erasure process', async () => {
    const keyVault = await vaultWith(dead);
    const decided = { ...logged, destroyedAt: undefined };
    const report = await bootGate({ keyVault, ledger: absent, logged: log(decided) });
    expect(report).toMatchObject({ fault: undefined, pending: ['d1'] });
    expect(await states(keyVault, dead)).toEqual(['living']);
    const after = await bootGate({ keyVault, ledger: sound(entry), logged: log(decided, logged) });
    expect(after.pending).toEqual([]);
  });

  it('shut, opens nothing with a fault of its own, and still seals and destroys', async () => {
    const vault = openVault({ keyVault: memoryKeyVault(), roots });
    const shut = shutVault(vault);
    const at = { stream: 'session-s1', eventId: 'e1', type: 'Noted', version: 1, path: 'note' };
    const [sealed] = await shut.seal([{ at, cell: dead, value: 'x' }]);
    if (sealed?.outcome !== 'sealed') throw new Error('not sealed');
    expect(await shut.open([sealed.sealed])).toEqual([{ state: 'unreadable', fault: 'erasures-unverified' }]);
    expect(await vault.open([sealed.sealed])).toEqual([{ state: 'present', value: 'x' }]);
    expect(await shut.destroy(dead, { destroyedAt, proof: 'd1' })).toHaveLength(1);
  });
});
