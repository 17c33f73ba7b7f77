import { MongoClient } from 'mongodb';
import { checkQuery } from '#ports/view-store/check-query.js';
import { put, sessions } from '#ports/view-store/contract-rig.js';
import type { Document, Query, ViewStore } from '#ports/view-store/view-store.js';
import { type TestingDatabase, testingDatabase } from '../shared-mongodb/testing-database.js';
import { compileFind } from './compile.js';
import { collectionName, type StoredDocument, type ViewEntry } from './places.js';
import { openMongoViewStore } from './view-store-mongodb.js';

/** What the server says of how it would answer: no scan of everything, no sorting in memory. */
describe('queries of the view store on MongoDB', () => {
  const view = sessions();
  let database: TestingDatabase;
  let store: ViewStore;
  let client: MongoClient;

  beforeAll(async () => {
    database = testingDatabase();
    store = await openMongoViewStore(database);
    await store.prepare(view);
    const documents = Object.fromEntries(
      Array.from({ length: 900 }, (_, at): [string, Document] => [
        `d${at}`,
        {
          status: `s${at % 9}`,
          startedAt: `2026-01-${String((at % 28) + 1).padStart(2, '0')}`,
          minutes: at % 60,
          serious: at % 7 === 0,
          tags: [`t${at % 11}`, `t${at % 5}`],
        },
      ]),
    );
    await put(store, view, 1, documents);
    client = new MongoClient(database.connectionString);
  });
  afterAll(async () => {
    await client.close();
    await store.close();
    await database.remove();
  });

  async function stagesOf(query: Query): Promise<readonly string[]> {
    const db = client.db(database.database);
    const entry = await db.collection<ViewEntry>('views').findOne({ _id: `${view.name}/${view.version}` });
    const documents = db.collection<StoredDocument>(collectionName(entry?.number ?? '', query.collection));
    const stages: string[] = [];
    for (const { filter, sort } of compileFind(query, checkQuery(view, query))) {
      const plan = await documents.find(filter).sort(sort).limit(query.limit).explain('queryPlanner');
      stages.push(...stageNames(plan.queryPlanner?.winningPlan));
    }
    return stages;
  }

  const collection = 'sessions';
  it.each<[string, Omit<Query, 'collection' | 'limit'>]>([
    ['by id', {}],
    [
      'one status, latest first',
      { where: [{ field: 'status', op: 'eq', value: 's3' }], orderBy: { field: 'startedAt', direction: 'desc' } },
    ],
    [
      'a range of numbers',
      { where: [{ field: 'minutes', op: 'gte', value: 50 }], orderBy: { field: 'minutes', direction: 'asc' } },
    ],
    [
      'a range of dates of one status',
      {
        where: [
          { field: 'status', op: 'eq', value: 's3' },
          { field: 'startedAt', op: 'gte', value: '2026-01-10' },
          { field: 'startedAt', op: 'lt', value: '2026-01-20' },
        ],
        orderBy: { field: 'startedAt', direction: 'asc' },
      },
    ],
    [
      'a text among others, in order',
      { where: [{ field: 'tags', op: 'has', value: 't3' }], orderBy: { field: 'startedAt', direction: 'asc' } },
    ],
    ['everything in an order that has an index', { orderBy: { field: 'startedAt', direction: 'desc' } }],
    [
      'serious ones by length',
      { where: [{ field: 'serious', op: 'eq', value: true }], orderBy: { field: 'minutes', direction: 'desc' } },
    ],
    ['absent values', { where: [{ field: 'minutes', op: 'absent' }] }],
  ])('are served by an index: %s, first page and the pages after', async (_, query) => {
    const first: Query = { collection, limit: 20, ...query };
    const page = await store.find(view, first);
    const asked = [first, ...(page.next === undefined ? [] : [{ ...first, after: page.next }])];
    for (const one of asked) {
      const stages = await stagesOf(one);
      expect(stages.some((stage) => /IXSCAN|IDHACK|EXPRESS|EOF/.test(stage))).toBe(true);
      expect(stages).not.toContain('COLLSCAN');
      expect(stages).not.toContain('SORT');
    }
  });
});

/** Names of all stages of a plan, whatever the server's version nests them in. */
function stageNames(plan: unknown): string[] {
  if (typeof plan !== 'object' || plan === null) return [];
  return Object.entries(plan).flatMap(([key, value]) =>
    key === 'stage' && typeof value === 'string' ? [value] : stageNames(value),
  );
}
