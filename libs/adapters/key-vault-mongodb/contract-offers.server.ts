import { MongoClient } from 'mongodb';
import { candidate, cellId, hex, stateOf, subject, why } from '#ports/key-vault/contract-rig.js';
import type { KeyVault, WrappedKey } from '#ports/key-vault/key-vault.js';
import { type TestingDatabase, testingDatabase } from '../shared-mongodb/testing-database.js';
import { binaryOf, type StoredCell } from './cells.js';
import { openMongoKeyVault } from './key-vault-mongodb.js';

let database: TestingDatabase;
let client: MongoClient;
let vault: KeyVault;
beforeEach(async () => {
  database = testingDatabase();
  client = new MongoClient(database.connectionString);
  vault = await openMongoKeyVault(database);
});
afterEach(async () => {
  await Promise.all([vault.close(), client.close()]);
  await database.remove();
});

const cells = () => client.db(database.database).collection<StoredCell>('cells');
/** A process offered this key and died. */
const offered = ({ cell, epoch, wrapped }: WrappedKey) =>
  cells().insertOne({ _id: cell, epoch, wrapped: binaryOf(wrapped), offer: 'of the dead' });

describe('a key on MongoDB that was offered by a process that died', () => {
  it('is no key for anybody, until somebody asks for one: then it is that one', async () => {
    const who = subject();
    const dead = candidate(`${who}/identity`, 1);
    await offered(dead);
    expect(await vault.lookup([dead.cell])).toEqual([undefined]);
    expect(await vault.list(who)).toEqual([]);
    expect(await vault.livingBefore(99, 10)).toEqual([]);
    expect(await vault.rewrap([{ cell: dead.cell, fromEpoch: 1, key: candidate(dead.cell, 2) }])).toBe(0);
    const asked = [candidate(dead.cell, 1), candidate(`${who}/session:1`, 1)];
    expect(await vault.getOrCreate(asked)).toEqual([
      { state: 'living', key: dead },
      { state: 'living', key: asked[1] },
    ]);
    expect(await stateOf(vault, dead.cell)).toBe(hex(dead.wrapped));
  });

  it('goes with its epoch; one that comes later still is removed, not taken', async () => {
    const who = subject();
    const before = candidate(`${who}/session:1`, 1);
    await offered(before);
    await vault.raiseEpoch(2);
    expect(await cells().countDocuments()).toBe(0);
    for (const cell of [before.cell, cellId(`${who}/session:2`)]) {
      await offered(candidate(cell, 1));
      await expect(vault.getOrCreate([candidate(cell, 1)])).rejects.toMatchObject({ code: 'stale-epoch' });
      expect(await cells().countDocuments({ _id: cell })).toBe(0);
      await offered(candidate(cell, 1));
      const fresh = candidate(cell, 2);
      expect(await vault.getOrCreate([fresh])).toEqual([{ state: 'living', key: fresh }]);
    }
  });

  it('is destroyed with the cell above it, and leaves no tombstone of its own', async () => {
    const who = subject();
    const dead = candidate(`${who}/session:1/e.text`, 1);
    await offered(dead);
    expect(await vault.destroy(cellId(`${who}/session:1`), why())).toHaveLength(1);
    expect(await cells().countDocuments()).toBe(0);
    expect(await stateOf(vault, dead.cell)).toBe('destroyed');
  });

  it('is one and the same for many who ask at once, also while its epoch ends', async () => {
    const who = subject();
    const other = await openMongoKeyVault(database);
    const names = Array.from({ length: 20 }, (_, n) => `${who}/session:${n}`);
    for (const name of names) await offered(candidate(name, 1));
    const ask = (from: KeyVault, epoch: number) =>
      Promise.all(
        names.map((name) =>
          from.getOrCreate([candidate(name, epoch)]).then(
            ([record]) => record,
            () => undefined,
          ),
        ),
      );
    const [some, raised, more] = await Promise.all([ask(vault, 1), vault.raiseEpoch(2), ask(other, 2)]);
    expect(raised).toBeUndefined();
    const now = await vault.lookup(names.map(cellId));
    for (const [n, record] of now.entries()) {
      expect(record?.state).toBe('living');
      for (const one of [some[n], more[n]]) if (one !== undefined) expect(one).toEqual(record);
    }
    await other.close();
  });
});
