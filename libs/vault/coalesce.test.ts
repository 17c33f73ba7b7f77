import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import type { CellId } from '#kernel/sealed.js';
import type { KeyVault, WrappedKey } from '#ports/key-vault/key-vault.js';
import { coalescedGetOrCreate } from './coalesce.js';

const candidate = (cell: string): WrappedKey => ({
  cell: cell as CellId,
  epoch: 1,
  wrapped: Buffer.from(`key of ${cell}`),
});

/** A key vault that says how many keys each call was for, and answers when the call before was let go. */
function watched(keyVault: KeyVault = memoryKeyVault()) {
  const calls: number[] = [];
  let gate = Promise.resolve();
  return {
    calls,
    hold() {
      let open = () => {};
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return open;
    },
    keyVault: {
      ...keyVault,
      async getOrCreate(candidates: readonly WrappedKey[]) {
        calls.push(candidates.length);
        await gate;
        return keyVault.getOrCreate(candidates);
      },
    },
  };
}

describe('keys that several commands need at the same time', () => {
  it('are made in one call from the first, though the commands come to it one after the other', async () => {
    const { calls, keyVault } = watched();
    const getOrCreate = coalescedGetOrCreate(keyVault);
    const woken = Promise.resolve();
    const asked = Array.from({ length: 64 }, (_, one) =>
      woken.then(async () => {
        // commands do not all take the same number of steps to here
        for (let step = 0; step < one % 7; step += 1) await undefined;
        return getOrCreate([candidate(`m${one}/identity`)]);
      }),
    );
    const answers = await Promise.all(asked);
    expect(calls).toEqual([64]);
    expect(answers.map(([record]) => record?.state === 'living' && record.key.cell)).toEqual(
      Array.from({ length: 64 }, (_, one) => `m${one}/identity`),
    );
  });

  it('gather while a call is under way, and one cell is made once', async () => {
    const { calls, keyVault, hold } = watched();
    const getOrCreate = coalescedGetOrCreate(keyVault);
    const open = hold();
    const first = getOrCreate([candidate('m1/identity')]);
    await new Promise(setImmediate);
    const later = ['m2/identity', 'm3/identity', 'm2/identity'].map((cell) => getOrCreate([candidate(cell)]));
    await new Promise(setImmediate);
    expect(calls).toEqual([1]);
    open();
    await Promise.all([first, ...later]);
    expect(calls).toEqual([1, 2]);
  });

  it('fail together when the store fails, and the next call is made all the same', async () => {
    const memory = memoryKeyVault();
    let fails = true;
    const getOrCreate = coalescedGetOrCreate({
      ...memory,
      getOrCreate: async (candidates) => {
        if (fails) throw new Error('the disk is full');
        return memory.getOrCreate(candidates);
      },
    });
    const both = ['m1/identity', 'm2/identity'].map((cell) => getOrCreate([candidate(cell)]));
    for (const one of both) await expect(one).rejects.toThrow('full');
    fails = false;
    expect(await getOrCreate([candidate('m1/identity')])).toHaveLength(1);
  });
});
