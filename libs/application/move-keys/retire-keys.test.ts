import { memoryCells, memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import type { Instant } from '#kernel/time.js';
import { candidate, cellId, why } from '#ports/key-vault/contract-rig.js';
import { type KeyVault, KeyVaultError } from '#ports/key-vault/key-vault.js';
import type { RootKeys } from '#vault/root-key.js';
import { rootKeysOf } from '#vault/root-key-content.js';
import { freshKey } from '#vault/root-key-file.js';
import { makeCellKey, rewrapped } from '#vault/wrapping.js';
import { moveKeys } from './move-keys.js';
import { checkRetirable, retireKeys } from './retire-keys.js';

const at = '2026-06-20T08:00:00.000Z' as Instant;
const first = { epoch: 1, key: freshKey() };
const second = { epoch: 2, key: freshKey() };
const rooted = (...epochs: readonly (typeof first)[]): RootKeys =>
  rootKeysOf({ installation: first.key, epochs, unswept: false });
const roots = rooted(first);
const names = ['k1/identity', 'k1/session:1', 'k2/identity', 'k3/identity'].map(cellId);

/** A vault with one session destroyed, and the one that its keys were moved to. */
async function moved() {
  const [cells, there] = [memoryCells(), memoryCells()];
  const [old, present] = [memoryKeyVault(cells), memoryKeyVault(there)];
  await old.getOrCreate(names.map((cell) => makeCellKey(roots, cell).wrapped));
  await old.destroy(cellId('k1/session:1'), why());
  await moveKeys({ from: old, to: present, epoch: 1 });
  return { cells, there, old, present };
}

/** What cannot be retired, and is not touched. */
async function refused(old: KeyVault, present: KeyVault, code: string, keys: RootKeys = roots): Promise<void> {
  const before = await old.livingBefore(Number.MAX_SAFE_INTEGER, 100);
  await expect(retireKeys({ old, present, roots: keys }, at)).rejects.toMatchObject({ code });
  expect(await old.livingBefore(Number.MAX_SAFE_INTEGER, 100)).toEqual(before);
  expect(await old.note('retired')).toBeUndefined();
}

describe('retiring the vault that keys were moved from', () => {
  it('discards all of its keys once the present one answers for them, and takes no key any more', async () => {
    const { cells, there, old, present } = await moved();
    await present.destroy(cellId('k3'), why('since'));
    expect(await checkRetirable({ old, present, roots })).toEqual({ keys: 3, tombstones: 1, wrappedUpToEpoch: 1 });
    const wrapped = [...cells.keys.values()].map((key) => key.wrapped);
    await retireKeys({ old, present, roots }, at);
    expect(wrapped.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
    expect([cells.keys.size, there.keys.size]).toEqual([0, 2]);
    expect(await old.note('retired')).toBe(at);
    const late = old.getOrCreate([makeCellKey(roots, cellId('k4/identity')).wrapped]);
    await expect(late).rejects.toMatchObject({ code: 'stale-epoch' });
    await expect(moveKeys({ from: present, to: old, epoch: 1 })).rejects.toThrow(/was retired/);
  });

  it('is done after a rotation too, whose new wrappings are not the old ones', async () => {
    const { old, present } = await moved();
    const both = rooted(first, second);
    const living = await present.livingBefore(2, 100);
    const keys = living.flatMap((key) => rewrapped(both, key) ?? []);
    await present.rewrap(keys.map((key) => ({ cell: key.cell, fromEpoch: 1, key })));
    for (const epochs of [both, rooted(second)])
      expect(await checkRetirable({ old, present, roots: epochs })).toMatchObject({ keys: 3, wrappedUpToEpoch: 1 });
    await refused(old, present, 'not-moved', rooted({ epoch: 2, key: freshKey() }));
    await retireKeys({ old, present, roots: rooted(second) }, at);
  });

  it('is refused where both are one vault', async () => {
    const { cells, old } = await moved();
    await refused(old, memoryKeyVault(cells), 'one-vault');
    const [record] = await old.getOrCreate([makeCellKey(roots, cellId('k4/identity')).wrapped]);
    expect(record?.state).toBe('living');
  });

  it('is refused where the present vault lacks a key, holds another, a damaged one, or lets live what is dead', async () => {
    const spoilt: readonly ((two: Awaited<ReturnType<typeof moved>>) => Promise<unknown> | unknown)[] = [
      ({ there }) => there.keys.delete(cellId('k2/identity')),
      ({ there }) => there.keys.set(cellId('k2/identity'), makeCellKey(roots, cellId('k2/identity')).wrapped),
      ({ there }) => there.keys.set(cellId('k2/identity'), candidate('k2/identity')),
      ({ there }) => there.tombstones.delete(cellId('k1/session:1')),
      ({ old }) => old.getOrCreate([makeCellKey(roots, cellId('k4/identity')).wrapped]),
      ({ old }) => old.destroy(cellId('k2/identity'), why('by a process on the old vault')),
    ];
    for (const spoil of spoilt) {
      const two = await moved();
      await spoil(two);
      await refused(two.old, two.present, 'not-moved');
    }
  });

  it('discards nothing where a key came in between: it is asked once more when none can come', async () => {
    const { old, present } = await moved();
    const raiseEpoch = async (epoch: number) => {
      await old.getOrCreate([makeCellKey(roots, cellId('k4/identity')).wrapped]);
      await old.raiseEpoch(epoch);
    };
    const late = retireKeys({ old: { ...old, raiseEpoch }, present, roots }, at);
    await expect(late).rejects.toMatchObject({ code: 'not-moved', message: expect.stringContaining('k4/identity') });
    expect(await old.livingBefore(Number.MAX_SAFE_INTEGER, 100)).toHaveLength(4);
    expect(await old.note('retired')).toBeUndefined();
  });

  it('goes on wherever it was cut', async () => {
    const steps = ['writeNote', 'raiseEpoch', 'discard'] as const;
    for (const step of steps)
      for (const done of [false, true]) {
        const { cells, old, present } = await moved();
        const cut = async (...args: readonly never[]): Promise<never> => {
          if (done) await (old[step] as (...all: readonly never[]) => Promise<unknown>)(...args);
          throw new KeyVaultError('unavailable', 'cut');
        };
        const killed = retireKeys({ old: { ...old, [step]: cut }, present, roots }, at);
        await expect(killed).rejects.toMatchObject({ code: 'unavailable' });
        await retireKeys({ old, present, roots }, at);
        expect([cells.keys.size, await old.note('retired')]).toEqual([0, at]);
      }
  });
});
