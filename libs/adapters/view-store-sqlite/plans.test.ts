import { checkQuery, checkWhere, writeCursor } from '#ports/view-store/check-query.js';
import type { CollectionSchema, Condition, Query, Scalar, ViewSchema } from '#ports/view-store/view-store.js';
import { type Database, openDatabase } from '#sqlite/database.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { compileCount, compileFind } from './compile.js';
import type { Template } from './operations.js';
import { inTables } from './queries.js';
import { viewStoreFile } from './schema.js';
import { shapeOf } from './shape.js';
import { statementsOf, viewTables } from './tables.js';

const collection: CollectionSchema = {
  name: 'sessions',
  fields: { status: 'text', startedAt: 'text', minutes: 'number', serious: 'boolean', tags: 'texts' },
  indexes: [['status', 'startedAt'], ['startedAt'], ['minutes'], ['tags']],
};
const view: ViewSchema = { name: 'plans', version: 1, collections: [collection] };
const COLLECTION = 'sessions';
const open: Condition = { field: 'status', op: 'eq', value: 'open' };
const recent: Condition = { field: 'startedAt', op: 'gte', value: '2026' };
const by = (field: string, direction: 'asc' | 'desc'): NonNullable<Query['orderBy']> => ({ field, direction });

describe('the plan of a query', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: Database;
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = openDatabase({ file: folder.file('views.sqlite') }, viewStoreFile);
    viewTables(database, statementsOf(database)).prepare([['plans', 1], [shapeOf(collection)]]);
  });
  afterAll(async () => {
    database.close();
    await folder.remove();
  });

  const planOf = (template: Template, values: readonly unknown[]): string =>
    (database.prepare(`EXPLAIN QUERY PLAN ${inTables(template, 1, COLLECTION)}`).all(...values) as { detail: string }[])
      .map((row) => row.detail)
      .join('; ');
  const findPlans = (query: Omit<Query, 'collection' | 'limit'>): readonly string[] => {
    const asked = { collection: COLLECTION, limit: 10, ...query };
    return compileFind(asked, checkQuery(view, asked)).map((part) => planOf(part, [...part.values, 11]));
  };
  const cursor = (orderBy: Query['orderBy'], value: Scalar | undefined): string =>
    writeCursor(orderBy, { value, id: 'x' });

  it.each<[string, Omit<Query, 'collection' | 'limit'>]>([
    ['equality and order', { where: [open], orderBy: by('startedAt', 'asc') }],
    ['equality and order backwards', { where: [open], orderBy: by('startedAt', 'desc') }],
    ['equality and range', { where: [open, recent], orderBy: by('startedAt', 'desc') }],
    ['range', { where: [recent], orderBy: by('startedAt', 'asc') }],
    ['absence', { where: [{ field: 'minutes', op: 'absent' }] }],
    ['next page by id', { after: cursor(undefined, undefined) }],
    ['next page', { orderBy: by('minutes', 'asc'), after: cursor(by('minutes', 'asc'), 5) }],
    ['next page backwards', { orderBy: by('minutes', 'desc'), after: cursor(by('minutes', 'desc'), 5) }],
    ['next page after absent ones', { orderBy: by('minutes', 'asc'), after: cursor(by('minutes', 'asc'), undefined) }],
    [
      'next page of one status',
      { where: [open], orderBy: by('startedAt', 'desc'), after: cursor(by('startedAt', 'desc'), '2026') },
    ],
  ])('seeks in an index for %s, and never sorts or scans', (_, query) => {
    for (const plan of findPlans(query)) {
      expect(plan).toMatch(/SEARCH documents_1_sessions USING (COVERING )?INDEX/);
      expect(plan).not.toMatch(/SCAN|TEMP B-TREE FOR ORDER BY/);
    }
  });

  it.each<[string, readonly Condition[]]>([
    ['equality', [open]],
    ['one of several', [{ field: 'minutes', op: 'in', value: [1, 2, 3] }]],
  ])('seeks in an index for %s in another order, and sorts only what it found', (_, where) => {
    expect(findPlans({ where }).join()).toMatch(/^SEARCH documents_1_sessions USING INDEX [^;]*; USE TEMP B-TREE/);
  });

  it('walks an index for the first page in an order', () => {
    for (const direction of ['asc', 'desc'] as const)
      expect(findPlans({ orderBy: by('minutes', direction) }).join()).toMatch(
        /^SCAN documents_1_sessions USING INDEX [a-z0-9_]+$/,
      );
  });

  it('seeks a text in a list by its own index', () => {
    const [plan] = findPlans({ where: [{ field: 'tags', op: 'has', value: 'x' }] });
    expect(plan).toMatch(/SEARCH documents_1_sessions USING INTEGER PRIMARY KEY/);
    expect(plan).toMatch(/SEARCH texts_1_sessions USING PRIMARY KEY \(list=\? AND value=\?\)/);
    expect(plan).not.toMatch(/SCAN/);
  });

  it('counts in the index alone', () => {
    const asked = { collection: COLLECTION, where: [open, recent] };
    const template = compileCount(checkWhere(view, asked));
    expect(planOf(template, template.values)).toMatch(/^SEARCH documents_1_sessions USING COVERING INDEX/);
  });
});
