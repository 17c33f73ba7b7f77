import { DatabaseSync } from '@photostructure/sqlite';
import { MongoClient } from 'mongodb';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { allViews } from '#views/all-views.js';
import { type RawRebuild, readRaw } from './raw-rebuild-sqlite.js';

const AT_ONCE = 1000;

/** The same documents and indexes as the views have, by `insertMany`, journaled; documents wait in memory. */
export async function rawRebuildMongo(
  eventsFile: string,
  viewStore: ViewStore,
  { connectionString, database }: { readonly connectionString: string; readonly database: string },
): Promise<RawRebuild> {
  const events = new DatabaseSync(eventsFile, { readOnly: true });
  const client = await MongoClient.connect(connectionString);
  const db = client.db(`${database}_raw`, { writeConcern: { w: 'majority', journal: true } });
  const sets: { name: string; indexes: readonly (readonly string[])[]; documents: Record<string, unknown>[] }[] = [];
  for (const { schema } of allViews)
    for (const { name, indexes } of schema.collections) {
      const documents: Record<string, unknown>[] = [];
      for await (const { id, document, position } of viewStore.scan(schema, name))
        documents.push({ key: id, position, ...document });
      sets.push({ name: `${schema.name}_${name}`, indexes, documents });
    }
  return {
    async clear() {
      await db.dropDatabase();
    },
    async run() {
      readRaw(events);
      for (const { name, indexes, documents } of sets) {
        const collection = db.collection(name);
        for (const fields of [['key'], ...indexes])
          await collection.createIndex(Object.fromEntries([...fields, 'key'].map((field) => [field, 1])));
        for (let from = 0; from < documents.length; from += AT_ONCE)
          await collection.insertMany(
            documents.slice(from, from + AT_ONCE).map((one) => ({ ...one })),
            { ordered: false },
          );
      }
    },
    async close() {
      await db.dropDatabase();
      await client.close();
      events.close();
    },
  };
}
