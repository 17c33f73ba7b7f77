import { memoryCells, memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import type { CellId, Opened, Sealed, SealedAt } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { type KeyVault, KeyVaultError, type Tombstone } from '#ports/key-vault/key-vault.js';
import { memoryRootKey } from '#testing/open-memory-temoin.js';
import { openVault } from './open-vault.js';
import type { Vault } from './vault.js';

const at: SealedAt = { stream: 'session-1', eventId: 'e1', type: 'Noted', version: 1, path: 'note' };
const session = 'm1/session:s1' as CellId;
const note = 'm1/session:s1/e1.note' as CellId;
const why = { destroyedAt: '2026-06-02T07:30:00.000Z' as Instant, proof: 'erasure-1' };
const roots = memoryRootKey();

async function sealed(vault: Vault, value: unknown, cell: CellId = session, place = at): Promise<Sealed<unknown>> {
  const [result] = await vault.seal([{ at: place, cell, value }]);
  if (result?.outcome !== 'sealed') throw new Error('not sealed');
  return result.sealed;
}
const openOne = async (vault: Vault, value: Sealed<unknown>): Promise<Opened<unknown> | undefined> =>
  (await vault.open([value]))[0];
const fresh = (keyVault: KeyVault = memoryKeyVault()) => openVault({ keyVault, roots });

describe('destroying a cell', () => {
  const erased = { state: 'erased', erasedAt: why.destroyedAt, proof: why.proof };

  it('erases what it holds and what is below, and leaves the rest', async () => {
    const vault = fresh();
    const inSession = await sealed(vault, 1);
    const below = await sealed(vault, 2, note);
    const identity = await sealed(vault, 3, 'm1/identity' as CellId);
    await vault.destroy(session, why);
    expect(await vault.open([inSession, below, identity])).toEqual([erased, erased, { state: 'present', value: 3 }]);
    expect(await vault.list('m1')).toEqual([
      { cell: 'm1/identity', state: 'living' },
      { cell: session, state: 'destroyed' },
      { cell: note, state: 'destroyed' },
    ]);
  });

  it('fences a cell that was never made, and all that could be made below it', async () => {
    const vault = fresh();
    await vault.destroy('m1' as CellId, why);
    const results = await vault.seal([
      { at, cell: note, value: 1 },
      { at, cell: 'm2/identity' as CellId, value: 2 },
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['erased', 'sealed']);
    expect(results[0]).toMatchObject({ tombstone: { destroyedAt: why.destroyedAt, proof: why.proof } });
  });

  it('reads as erased, not missing, below a destroyed cell even when that very key was lost', async () => {
    const box = await sealed(fresh(), 'secret', note);
    const vault = fresh();
    await vault.destroy('m1' as CellId, why);
    expect(await openOne(vault, box)).toEqual(erased);
  });

  it('tells listeners once, in this process and when it was done by another', async () => {
    const cells = memoryCells();
    const here = openVault({ keyVault: memoryKeyVault(cells), roots, keepMs: 1 });
    const there = fresh(memoryKeyVault(cells));
    const heard: Tombstone[] = [];
    const stop = here.onDestroyed((one) => heard.push(one));
    const mine = await sealed(here, 1, note);
    const other = await sealed(here, 2, 'm2/identity' as CellId);
    await here.destroy(session, why);
    expect(heard.map(({ cell }) => cell).sort()).toEqual([session, note]);
    await there.destroy('m2' as CellId, why);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await here.open([mine, other, other])).toEqual([erased, erased, erased]);
    expect(heard).toHaveLength(3);
    stop();
    await here.destroy('m3' as CellId, why);
    expect(heard).toHaveLength(3);
  });

  it('keeps no key when an older answer of the store arrives after the destruction', async () => {
    const inner = memoryKeyVault();
    let answer: (() => void) | undefined;
    let hold = false;
    const slow: KeyVault = {
      ...inner,
      async getOrCreate(candidates) {
        const records = await inner.getOrCreate(candidates);
        if (hold) await new Promise<void>((resolve) => (answer = resolve));
        return records;
      },
    };
    const vault = fresh(slow);
    hold = true;
    const late = vault.seal([{ at, cell: session, value: 1 }]);
    while (answer === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    hold = false;
    await vault.destroy(session, why);
    answer();
    const [result] = await late;
    if (result?.outcome === 'sealed') expect(await openOne(vault, result.sealed)).toEqual(erased);
    expect(await vault.seal([{ at, cell: session, value: 2 }])).toMatchObject([{ outcome: 'erased' }]);
  });

  it('lets the cell live on when the store could not destroy it', async () => {
    const inner = memoryKeyVault();
    const failing: KeyVault = {
      ...inner,
      destroy: () => Promise.reject(new KeyVaultError('unavailable', 'away')),
    };
    const vault = fresh(failing);
    const box = await sealed(vault, 'kept');
    await expect(vault.destroy(session, why)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await openOne(vault, box)).toEqual({ state: 'present', value: 'kept' });
  });
});

describe('keys', () => {
  it('are one and the same for all who ask at once, in one process or several', async () => {
    const cells = memoryCells();
    const vaults = [fresh(memoryKeyVault(cells)), fresh(memoryKeyVault(cells))];
    const boxes = await Promise.all(
      Array.from({ length: 64 }, (_, value) => sealed(vaults[value % 2] as Vault, value, session)),
    );
    for (const vault of vaults)
      expect(await vault.open(boxes)).toEqual(boxes.map((_, value) => ({ state: 'present', value })));
  });

  it('are asked for together when many commands need them at the same time', async () => {
    const inner = memoryKeyVault();
    let calls = 0;
    const counting: KeyVault = {
      ...inner,
      async getOrCreate(candidates) {
        calls += 1;
        await new Promise((resolve) => setTimeout(resolve, 2));
        return inner.getOrCreate(candidates);
      },
    };
    const vault = fresh(counting);
    await Promise.all(Array.from({ length: 64 }, (_, n) => sealed(vault, n, `m${n}/identity` as CellId)));
    expect(calls).toBeLessThanOrEqual(3);
  });
});
