import { openMongoKeyVault } from '#adapters/key-vault-mongodb/key-vault-mongodb.js';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { type MoveKeysReport, moveKeys } from '#application/move-keys/move-keys.js';
import { candidate, cellId, tombstonesOf, why } from '#ports/key-vault/contract-rig.js';
import { type KeyVault, KeyVaultError } from '#ports/key-vault/key-vault.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';

/** Cut after so many writes. */
function cutAfter(vault: KeyVault, writes: number): KeyVault {
  let left = writes;
  const write = <T>(work: () => Promise<T>): Promise<T> => {
    left -= 1;
    return left < 0 ? Promise.reject(new KeyVaultError('unavailable', 'cut')) : work();
  };
  return {
    ...vault,
    getOrCreate: (keys) => write(() => vault.getOrCreate(keys)),
    destroy: (cell, reason) => write(() => vault.destroy(cell, reason)),
  };
}

describe('a key vault moved from a file to MongoDB and back', () => {
  it('has the same digest on all three, cut twice on the way there, and keeps dead what is dead', async () => {
    const folder = await temporaryFolder();
    const database = testingDatabase();
    const opened: KeyVault[] = [];
    const kept = async (opening: Promise<KeyVault>) => {
      const vault = await opening;
      opened.push(vault);
      return vault;
    };
    try {
      const from = await kept(openSqliteKeyVault({ file: folder.file('from.sqlite') }));
      const there = await kept(openMongoKeyVault(database));
      const back = await kept(openSqliteKeyVault({ file: folder.file('back.sqlite') }));
      const names = Array.from({ length: 1300 }, (_, index) => `k${index % 7}/session:${index}`);
      await from.getOrCreate(names.map((name, index) => candidate(name, 1 + (index % 2))));
      for (let index = 0; index < 12; index += 1) await from.destroy(cellId(names[index] ?? ''), why(`ev-${index}`));
      await from.raiseEpoch(2);

      const to = (vault: KeyVault): Promise<MoveKeysReport> => moveKeys({ from, to: vault, epoch: 2 });
      for (const writes of [5, 8])
        await expect(to(cutAfter(there, writes))).rejects.toMatchObject({ code: 'unavailable' });
      await from.destroy(cellId(names[700] ?? ''), why('between'));
      const moved = await to(there);
      expect(moved).toMatchObject({ living: 1287, tombstones: 13 });
      expect(moved.movedKeys).toBeLessThan(moved.living);
      expect(moved.movedTombstones).toBe(1);

      const home = await moveKeys({ from: there, to: back, epoch: 2 });
      expect(home).toEqual({ ...moved, movedKeys: moved.living, movedTombstones: moved.tombstones });
      expect(await tombstonesOf(back, 'k')).toEqual(await tombstonesOf(from, 'k'));
      for (const vault of [there, back]) {
        expect((await vault.getOrCreate([candidate(names[700] ?? '', 2)]))[0]).toMatchObject({ state: 'destroyed' });
        await expect(vault.getOrCreate([candidate('k9/session:new', 1)])).rejects.toMatchObject({
          code: 'stale-epoch',
        });
      }
      const other = await kept(openSqliteKeyVault({ file: folder.file('other.sqlite') }));
      await other.getOrCreate([candidate('elsewhere/identity', 2)]);
      const foreign = moveKeys({ from: other, to: there, epoch: 2 });
      await expect(foreign).rejects.toMatchObject({ code: 'other-keys' });
    } finally {
      await Promise.all(opened.map((vault) => vault.close()));
      await database.remove();
      await folder.remove();
    }
  }, 120_000);
});
