import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { KeyVault, WrappedKey } from '#ports/key-vault/key-vault.js';
import { folder as foldingThread } from '#sqlite/folding-thread.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openSqliteKeyVault } from './key-vault-sqlite.js';

const why = { destroyedAt: '2026-06-02T07:30:00.000Z' as Instant, proof: 'test' };
const keyFor = (cell: string): WrappedKey => ({
  cell: cell as CellId,
  epoch: 1,
  wrapped: Uint8Array.from(randomBytes(60)),
});

describe('a destroyed key', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let vault: KeyVault;
  beforeEach(async () => {
    folder = await temporaryFolder();
    vault = await openSqliteKeyVault({ file: folder.file('vault.sqlite') });
  });
  afterEach(async () => {
    await vault.close();
    await folder.remove();
  });

  /** How many of these keys are anywhere in the raw bytes of any file of the vault. */
  async function found(keys: readonly WrappedKey[]): Promise<number> {
    const files = await Promise.all((await readdir(folder.path)).map((name) => readFile(folder.file(name))));
    return keys.filter(({ wrapped }) => files.some((bytes) => bytes.includes(Buffer.from(wrapped)))).length;
  }

  it('is in no byte of any file once its destruction is answered', async () => {
    const keys = ['m1/identity', 'm1/session:1', 'm1/session:1/e.text', 'm2/identity'].map(keyFor);
    await vault.getOrCreate(keys);
    expect(await found(keys)).toBe(4);
    await vault.destroy('m1' as CellId, why);
    expect(await found(keys.slice(0, 3))).toBe(0);
    expect(await found(keys.slice(3))).toBe(1);
  });

  it('leaves nothing behind even among thousands that moved from page to page', async () => {
    const keys: WrappedKey[] = [];
    for (let round = 0; round < 30; round += 1) {
      const more = Array.from({ length: 60 }, () => keyFor(`m${randomBytes(4).toString('hex')}/session:${round}`));
      keys.push(...more);
      await vault.getOrCreate(more);
    }
    // the ids are random, and with them the places of the keys: their order is as good as any
    const order = [...keys].sort((a, b) => (a.cell < b.cell ? -1 : 1)).filter((_, n) => n % 7 === 0);
    order.push(...keys.filter((key) => !order.includes(key)));
    const dead = order.slice(0, 25);
    for (const key of dead) await vault.destroy(key.cell, why);
    expect(await found(dead)).toBe(0);
    expect(await found(order.slice(25))).toBe(keys.length - 25);
    const records = await vault.lookup(order.map((key) => key.cell));
    expect(records.filter((record) => record?.state === 'living')).toHaveLength(keys.length - 25);
  });

  it('leaves nothing behind where rotations made rows longer and moved them, dead rows between them', async () => {
    const keys = Array.from({ length: 400 }, () => keyFor(`m${randomBytes(4).toString('hex')}/session:1`));
    await vault.getOrCreate(keys);
    const gone: WrappedKey[] = [];
    let living = keys;
    // the epoch takes no byte, one byte, two bytes
    for (const epoch of [2, 300]) {
      for (const key of living.slice(0, 20)) await vault.destroy(key.cell, why);
      gone.push(...living.slice(0, 20));
      const old = living.slice(20);
      living = old.map(({ cell }) => ({ ...keyFor(cell), epoch }));
      await vault.raiseEpoch(epoch);
      await vault.rewrap(living.map((key, n) => ({ cell: key.cell, fromEpoch: old[n]?.epoch ?? 0, key })));
      // in the middle of the rotation, before its sweep
      const [first] = living;
      if (first) await vault.destroy(first.cell, why);
      gone.push(...living.slice(0, 1));
      living = living.slice(1);
      expect(await found(gone)).toBe(0);
      await vault.sweep();
      expect(await found([...gone, ...old])).toBe(0);
      expect(await found(living)).toBe(living.length);
    }
    expect(await vault.livingBefore(999, 1000)).toHaveLength(living.length);
  });

  it('is in no byte of any file while the log is folded back by another thread all the time', async () => {
    const beside = foldingThread();
    const folding = setInterval(() => beside.fold(folder.file('vault.sqlite')), 1);
    try {
      for (let round = 0; round < 12; round += 1) {
        const keys = Array.from({ length: 100 }, (_, n) => keyFor(`m${round}/session:${n}`));
        await vault.getOrCreate(keys);
        const asked = vault.destroy(`m${round}` as CellId, why);
        const others = vault.getOrCreate([keyFor(`n${round}/identity`)]);
        expect(await asked).toHaveLength(101);
        expect(await found(keys)).toBe(0);
        await others;
      }
    } finally {
      clearInterval(folding);
      await beside.leave();
    }
  });

  it('costs no more among many: the file is not written anew', async () => {
    await vault.getOrCreate(Array.from({ length: 2000 }, (_, n) => keyFor(`m${n}/identity`)));
    const before = (await readFile(folder.file('vault.sqlite'))).length;
    const keys = Array.from({ length: 40 }, (_, n) => keyFor(`x/session:1/e${n}.text`));
    await vault.getOrCreate(keys);
    await vault.destroy('x' as CellId, why);
    expect(await found(keys)).toBe(0);
    const after = (await readFile(folder.file('vault.sqlite'))).length;
    expect(after).toBeGreaterThanOrEqual(before);
    expect(await vault.list('x')).toHaveLength(41);
  });

  it('is gone with the many below it', async () => {
    const keys = Array.from({ length: 200 }, (_, index) => keyFor(`m1/session:1/e${index}.text`));
    await vault.getOrCreate(keys);
    expect(await vault.destroy('m1/session:1' as CellId, why)).toHaveLength(201);
    expect(await found(keys)).toBe(0);
  });

  it('has its destruction finished at the next opening when a crash came between the fence and the bytes', async () => {
    const keys = ['m1/identity', 'm1/session:1', 'm2/identity'].map(keyFor);
    await vault.getOrCreate(keys);
    await vault.close();
    const hand = new DatabaseSync(folder.file('vault.sqlite'));
    hand.exec("INSERT INTO tombstone (cell, destroyed_at, proof) VALUES ('m1', '2026-06-02T07:30:00.000Z', 'crash')");
    hand.close();
    vault = await openSqliteKeyVault({ file: folder.file('vault.sqlite') });
    expect(await found(keys.slice(0, 2))).toBe(0);
    expect(await found(keys.slice(2))).toBe(1);
    expect((await vault.lookup(keys.map((key) => key.cell))).map((record) => record?.state)).toEqual([
      'destroyed',
      'destroyed',
      'living',
    ]);
  });

  it('says that it is not finished while another process reads old pages, and finishes when asked again', async () => {
    const key = keyFor('m1/identity');
    await vault.getOrCreate([key]);
    const reader = new DatabaseSync(folder.file('vault.sqlite'));
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM cell').get();
    await expect(vault.destroy(key.cell, why)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('destroy it again'),
    });
    expect((await vault.lookup([key.cell]))[0]?.state).toBe('destroyed');
    reader.exec('COMMIT');
    reader.close();
    expect(await vault.destroy(key.cell, why)).toHaveLength(1);
    expect(await found([key])).toBe(0);
  });

  it('cannot be put back by hand, and its tombstone cannot be taken away', async () => {
    await vault.destroy('m1/identity' as CellId, why);
    const hand = new DatabaseSync(folder.file('vault.sqlite'));
    expect(() => hand.exec("INSERT INTO cell VALUES ('m1/identity', 1, x'00')")).toThrow(/destroyed/);
    for (const sql of ['DELETE FROM tombstone', "UPDATE tombstone SET cell = 'x'"])
      expect(() => hand.exec(sql)).toThrow(/never/);
    hand.close();
  });
});
