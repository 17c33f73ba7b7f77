import { DatabaseSync } from '@photostructure/sqlite';
import type { Position } from '#ports/event-store/event-store.js';
import type { ViewSchema, ViewStore } from '#ports/view-store/view-store.js';
import { commitsIn } from '#sqlite/commits-in-log.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openSqliteViewStore } from './view-store-sqlite.js';

const view = (fields: Record<string, 'text' | 'number'>): ViewSchema => ({
  name: 'engine',
  version: 1,
  collections: [{ name: 'things', fields, indexes: Object.keys(fields).map((field) => [field]) }],
});
const step = (at: number, count: number, note = '') => ({
  writes: Array.from({ length: count }, (_, index) => ({
    collection: 'things',
    id: `t${index}`,
    document: { status: `s${index % 7}`, note },
    position: `p${at}` as Position,
  })),
  checkpoint: `p${at}` as Position,
});

describe('the view store on SQLite', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let file: string;
  let store: ViewStore | undefined;
  beforeEach(async () => {
    folder = await temporaryFolder();
    file = folder.file('views.sqlite');
  });
  afterEach(async () => {
    await store?.close();
    await folder.remove();
  });
  const opened = async (options: { readonly lockTimeout?: number; readonly maxPages?: number } = {}) => {
    store = await openSqliteViewStore({ file, ...options });
    return store;
  };

  it('refuses other fields under the same version, in words', async () => {
    const one = await opened();
    await one.prepare(view({ status: 'text' }));
    await expect(one.prepare(view({ status: 'number' }))).rejects.toMatchObject({
      code: 'invalid-query',
      message: expect.stringContaining('raise the view'),
    });
    await one.prepare({ ...view({ status: 'number' }), version: 2 });
  });

  it('makes an index that was declared later', async () => {
    const one = await opened();
    const declared = view({ status: 'text' });
    const [things] = declared.collections;
    await one.prepare({ ...declared, collections: things ? [{ ...things, indexes: [] }] : [] });
    await one.prepare(declared);
    const hand = new DatabaseSync(file);
    const found = hand
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'documents_%_c0'")
      .all();
    hand.close();
    expect(found).toHaveLength(1);
  });

  it('asks for a view to be prepared before anything is written to it', async () => {
    const one = await opened();
    await expect(one.apply(view({ status: 'text' }), step(1, 1))).rejects.toMatchObject({
      code: 'invalid-query',
      message: expect.stringContaining('not prepared'),
    });
  });

  it('answers unavailable when locked or full, with nothing half applied, and works again afterwards', async () => {
    const one = await opened({ lockTimeout: 100, maxPages: 40 });
    const declared = view({ status: 'text' });
    await one.prepare(declared);
    const hand = new DatabaseSync(file);
    hand.exec('BEGIN IMMEDIATE');
    await expect(one.apply(declared, step(1, 5))).rejects.toMatchObject({ code: 'unavailable' });
    hand.exec('ROLLBACK');
    hand.close();
    await expect(one.apply(declared, step(2, 500, 'x'.repeat(1000)))).rejects.toMatchObject({ code: 'unavailable' });
    expect(await one.checkpoint(declared)).toBeUndefined();
    expect(await one.count(declared, { collection: 'things' })).toBe(0);
    expect(await one.apply(declared, step(1, 5))).toBe('applied');
  });

  it('applies a thousand documents in a step with one commit', async () => {
    const one = await opened();
    const declared = view({ status: 'text' });
    await one.prepare(declared);
    const before = await commitsIn(file);
    for (let at = 1; at <= 5; at += 1) await one.apply(declared, step(at, 1000, 'x'.repeat(100)));
    expect((await commitsIn(file)) - before).toBe(5);
    expect(
      await one.count(declared, { collection: 'things', where: [{ field: 'status', op: 'eq', value: 's3' }] }),
    ).toBe(143);
  });
});
