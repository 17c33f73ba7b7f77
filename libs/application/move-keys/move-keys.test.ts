import { type MemoryCells, memoryCells, memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import type { CellId } from '#kernel/sealed.js';
import { candidate, cellId, why } from '#ports/key-vault/contract-rig.js';
import { type KeyVault, KeyVaultError } from '#ports/key-vault/key-vault.js';
import { moveKeys } from './move-keys.js';

/** Keys of two epochs, a session destroyed with its texts, one text destroyed before, and a fence of what never was. */
async function filled(): Promise<MemoryCells> {
  const cells = memoryCells();
  const vault = memoryKeyVault(cells);
  const names = ['identity', 'session:1', 'session:1/a', 'session:1/b', 'session:2', 'session:2/a'];
  for (const member of ['k1', 'k2', 'k3'])
    await vault.getOrCreate(names.map((name, index) => candidate(`${member}/${name}`, 1 + (index % 2))));
  await vault.destroy(cellId('k2/session:1/b'), why('text', '2026-06-01T07:30:00.000Z'));
  await vault.destroy(cellId('k2/session:1'), why('session'));
  await vault.destroy(cellId('k3'), why('grid'));
  await vault.destroy(cellId('k9'), why('early'));
  await vault.raiseEpoch(2);
  return cells;
}

/** The vault as it looks to a move that dies after so many writes. */
function cutAfter(vault: KeyVault, writes: number): KeyVault {
  let left = writes;
  const write = <T>(work: () => Promise<T>): Promise<T> => {
    left -= 1;
    return left < 0 ? Promise.reject(new KeyVaultError('unavailable', 'cut')) : work();
  };
  return {
    ...vault,
    getOrCreate: async (keys) => {
      // half of what was asked for is stored when it is cut
      if (left === 0) await vault.getOrCreate(keys.slice(0, Math.ceil(keys.length / 2)));
      return write(() => vault.getOrCreate(keys));
    },
    destroy: (cell, reason) => write(() => vault.destroy(cell, reason)),
    raiseEpoch: (epoch) => write(() => vault.raiseEpoch(epoch)),
  };
}

const content = ({ keys, tombstones, firstEpoch }: MemoryCells) => ({
  keys: [...keys.values()]
    .map((key) => ({ ...key, wrapped: [...key.wrapped] }))
    .sort((a, b) => (a.cell < b.cell ? -1 : 1)),
  tombstones: [...tombstones.values()],
  firstEpoch,
});

describe('moving the key vault', () => {
  it('brings tombstones in their order and living keys as they are wrapped, and says one digest for both', async () => {
    const [from, to] = [await filled(), memoryCells()];
    const before = content(from);
    const report = await moveKeys({ from: memoryKeyVault(from), to: memoryKeyVault(to), epoch: 2 });
    expect(content(to)).toEqual(before);
    expect(content(from)).toEqual(before);
    expect(report).toMatchObject({ living: 9, movedKeys: 9, movedTombstones: report.tombstones });
    expect(report.digest).toMatch(/^[0-9a-f]{64}$/);
    const again = await moveKeys({ from: memoryKeyVault(from), to: memoryKeyVault(to), epoch: 2 });
    expect(again).toEqual({ ...report, movedKeys: 0, movedTombstones: 0 });
    const back = await moveKeys({ from: memoryKeyVault(to), to: memoryKeyVault(), epoch: 2 });
    expect(back.digest).toBe(report.digest);
  });

  it('goes on where it was cut, wherever that was', async () => {
    const from = await filled();
    for (let writes = 0; ; writes += 1) {
      const to = memoryCells();
      const moved = await moveKeys({
        from: memoryKeyVault(from),
        to: cutAfter(memoryKeyVault(to), writes),
        epoch: 2,
      }).catch((error: KeyVaultError) => error.code);
      if (typeof moved !== 'string') {
        expect(writes).toBeGreaterThan(10);
        return;
      }
      expect(moved).toBe('unavailable');
      await moveKeys({ from: memoryKeyVault(from), to: memoryKeyVault(to), epoch: 2 });
      expect(content(to)).toEqual(content(from));
    }
  });

  it('destroys in the target what was destroyed in the source between two calls', async () => {
    const [from, to] = [await filled(), memoryCells()];
    const source = memoryKeyVault(from);
    const rounds = from.tombstones.size + 1;
    await expect(moveKeys({ from: source, to: cutAfter(memoryKeyVault(to), rounds), epoch: 2 })).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(to.keys.size).toBeGreaterThan(0);
    await source.destroy(cellId('k1'), why('later', '2026-07-01T07:30:00.000Z'));
    await source.getOrCreate([candidate('k4/identity', 2)]);
    await moveKeys({ from: source, to: memoryKeyVault(to), epoch: 2 });
    const [one] = await memoryKeyVault(to).lookup([cellId('k1/identity')]);
    expect(one).toMatchObject({ state: 'destroyed', tombstone: { proof: 'later' } });
    expect(new Set(to.keys.keys())).toEqual(new Set(from.keys.keys()));
    expect(new Set(to.tombstones.values())).toEqual(new Set(from.tombstones.values()));
    const dead = await memoryKeyVault(to).getOrCreate([candidate('k1/identity', 2), candidate('k3/session:7', 2)]);
    expect(dead.map(({ state }) => state)).toEqual(['destroyed', 'destroyed']);
  });

  it('refuses a target that holds anything else, and leaves it alone', async () => {
    const from = await filled();
    const foreign = async (fill: (vault: KeyVault, living: CellId) => Promise<unknown>): Promise<void> => {
      const cells = memoryCells();
      const to = memoryKeyVault(cells);
      await fill(to, cellId('k1/identity'));
      const before = content(cells);
      await expect(moveKeys({ from: memoryKeyVault(from), to, epoch: 2 })).rejects.toMatchObject({
        code: 'other-keys',
      });
      expect(content(cells)).toEqual(before);
    };
    await foreign((to) => to.getOrCreate([candidate('other/identity', 1)]));
    await foreign((to, living) => to.getOrCreate([candidate(living, 1)]));
    await foreign((to, living) => to.destroy(living, why('elsewhere')));
    await foreign((to) => to.destroy(cellId('k3'), why('another proof')));
    await foreign((to) => to.destroy(cellId('other'), why('elsewhere')));
  });

  it('finds one changed byte, one lost tombstone and one key too many when it reads both again', async () => {
    const from = memoryKeyVault(await filled());
    const spoilt: readonly ((cells: MemoryCells) => void)[] = [
      ({ keys }) => keys.get(cellId('k1/identity'))?.wrapped.fill(7),
      ({ tombstones }) => tombstones.delete(cellId('k3/identity')),
      ({ keys }) => keys.set(cellId('k5/identity'), candidate('k5/identity', 2)),
      ({ keys }) => keys.delete(cellId('k1/session:2')),
    ];
    for (const spoil of spoilt) {
      const cells = memoryCells();
      const to = memoryKeyVault(cells);
      // after everything was brought, before it is read again
      const raiseEpoch = async () => void spoil(cells);
      await expect(moveKeys({ from, to: { ...to, raiseEpoch }, epoch: 2 })).rejects.toMatchObject({ code: 'differs' });
    }
  });

  it('moves an empty vault, and pages that are many', async () => {
    const empty = await moveKeys({ from: memoryKeyVault(), to: memoryKeyVault(), epoch: 1 });
    expect(empty).toMatchObject({ living: 0, tombstones: 0 });
    const from = memoryKeyVault();
    await from.getOrCreate(Array.from({ length: 1201 }, (_, index) => candidate(`k${index % 3}/session:${index}`)));
    await from.destroy(cellId('k1'), why());
    const told: string[] = [];
    const onProgress = ({ phase }: { phase: string }) => void (told.at(-1) === phase || told.push(phase));
    const report = await moveKeys({ from, to: memoryKeyVault(), epoch: 1, onProgress });
    expect(report).toMatchObject({ living: 801, tombstones: 401 });
    expect(told).toEqual(['tombstones', 'keys', 'verify']);
  });
});
