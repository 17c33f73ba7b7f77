import { MongoClient } from 'mongodb';
import { type TestingDatabase, testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { compileFind } from '#adapters/view-store-mongodb/compile.js';
import { collectionName, type StoredDocument, type ViewEntry } from '#adapters/view-store-mongodb/places.js';
import { openMongoViewStore } from '#adapters/view-store-mongodb/view-store-mongodb.js';
import { checkQuery } from '#ports/view-store/check-query.js';
import { at } from '#ports/view-store/contract-rig.js';
import type {
  CollectionSchema,
  Condition,
  FieldType,
  Query,
  ViewSchema,
  ViewStore,
} from '#ports/view-store/view-store.js';
import { allViews } from '#views/all-views.js';

const DOCUMENTS = 24;

/** Some value of a field; the same for a third of the documents, so that a page has one after it. */
function someValue(type: FieldType, number: number): unknown {
  const some = number % 3;
  if (type === 'text') return `t${some}`;
  if (type === 'texts') return [`t${some}`, `u${number % 5}`];
  return type === 'number' ? some : some === 0;
}

/** What an index is declared for: equal values of all fields but its last one, in the order of that; a range of it too. */
function questionsOf({ name, fields }: CollectionSchema, index: readonly string[]): readonly Query[] {
  const typeOf = (field: string) => fields[field] ?? 'text';
  const is = (field: string): Condition => {
    const type = typeOf(field);
    const value = someValue(type, 0);
    if (type === 'texts') return { field, op: 'has', value: 't0' };
    return { field, op: 'eq', value: value as string };
  };
  const last = index.at(-1) ?? '';
  if (typeOf(last) === 'texts') return [{ collection: name, where: index.map(is), limit: 3 }];
  const where = index.slice(0, -1).map(is);
  const from: Condition = { field: last, op: 'gte', value: someValue(typeOf(last), 0) as string };
  return (['asc', 'desc'] as const).flatMap((direction) => [
    { collection: name, where, orderBy: { field: last, direction }, limit: 3 },
    { collection: name, where: [...where, from], orderBy: { field: last, direction }, limit: 3 },
  ]);
}

describe('each index that a view declares, on MongoDB', () => {
  let database: TestingDatabase;
  let store: ViewStore;
  let client: MongoClient;

  beforeAll(async () => {
    database = testingDatabase();
    client = new MongoClient(database.connectionString);
    store = await openMongoViewStore(database);
  }, 60_000);
  afterAll(async () => {
    await store?.close();
    await client.close();
    await database.remove();
  }, 60_000);

  async function stagesOf(schema: ViewSchema, query: Query): Promise<readonly string[]> {
    const db = client.db(database.database);
    const entry = await db.collection<ViewEntry>('views').findOne({ _id: `${schema.name}/${schema.version}` });
    const documents = db.collection<StoredDocument>(collectionName(entry?.number ?? '', query.collection));
    const stages: string[] = [];
    for (const { filter, sort } of compileFind(query, checkQuery(schema, query)))
      stages.push(...stageNames(await documents.find(filter).sort(sort).limit(query.limit).explain('queryPlanner')));
    return stages;
  }

  it.each(allViews.map(({ schema }) => [schema.name, schema] as const))(
    '%s: serves what it is declared for, both ways, first page and the page after',
    async (_name, schema) => {
      await store.prepare(schema);
      const writes = schema.collections.flatMap(({ name, fields }) =>
        Array.from({ length: DOCUMENTS }, (_, number) => ({
          collection: name,
          id: `d${number}`,
          document: Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, someValue(type, number)])),
          position: at(1),
        })),
      );
      await store.apply(schema, { writes, checkpoint: at(1) });
      for (const collection of schema.collections)
        for (const query of collection.indexes.flatMap((index) => questionsOf(collection, index))) {
          const { documents, next } = await store.find(schema, query);
          expect(documents.length).toBeGreaterThan(0);
          for (const one of [query, ...(next === undefined ? [] : [{ ...query, after: next }])]) {
            const stages = await stagesOf(schema, one);
            expect([one, stages]).toEqual([one, expect.arrayContaining([expect.stringMatching(/IXSCAN|EXPRESS/)])]);
            expect([one, stages]).toEqual([one, expect.not.arrayContaining(['COLLSCAN'])]);
            expect([one, stages]).toEqual([one, expect.not.arrayContaining(['SORT'])]);
          }
        }
    },
    120_000,
  );
});

/** Names of the stages of the plan that was chosen, whatever the server's version nests them in. */
function stageNames(explained: unknown): readonly string[] {
  const plan = (explained as { readonly queryPlanner?: { readonly winningPlan?: unknown } }).queryPlanner?.winningPlan;
  return namesIn(plan);
}
function namesIn(plan: unknown): string[] {
  if (typeof plan !== 'object' || plan === null) return [];
  return Object.entries(plan).flatMap(([key, value]) =>
    key === 'stage' && typeof value === 'string' ? [value] : namesIn(value),
  );
}
