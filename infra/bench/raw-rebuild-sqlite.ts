import { DatabaseSync } from '@photostructure/sqlite';
import { openDatabase } from '#sqlite/database.js';

/** What reads a log's file and writes documents with nothing in between. */
export interface RawRebuild {
  /** Takes away what the last run wrote. */
  clear(): Promise<void>;
  run(): Promise<void>;
  close(): Promise<void>;
}

/** The whole log in order, row by row, nothing decoded. @returns how many events */
export function readRaw(events: InstanceType<typeof DatabaseSync>): number {
  let count = 0;
  const select = events.prepare(
    'SELECT position, revision, id, type, data, metadata, name FROM event JOIN stream ON stream.number = event.stream ORDER BY position',
  );
  for (const _ of select.iterate()) count += 1;
  return count;
}

/** The same tables, indexes and rows as the views' file has, filled in one transaction; rows wait in memory. */
export async function rawRebuildSqlite(eventsFile: string, viewsFile: string, file: string): Promise<RawRebuild> {
  const events = new DatabaseSync(eventsFile, { readOnly: true });
  const views = new DatabaseSync(viewsFile, { readOnly: true });
  const schema = views.prepare(
    `SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name GLOB ? ORDER BY type = 'index'`,
  );
  const made = ['documents_*', 'texts_*'].flatMap(
    (glob) => schema.all(glob) as unknown as { readonly name: string; readonly type: string; readonly sql: string }[],
  );
  const tables = made.filter(({ type }) => type === 'table').map(({ name }) => name);
  const rows = new Map(
    tables.map((table) => {
      const select = views.prepare(`SELECT * FROM ${table}`);
      return [table, (select.all() as Record<string, string | number | null>[]).map((row) => Object.values(row))];
    }),
  );
  views.close();
  const raw = openDatabase(
    { file },
    { what: 'raw documents of a bench', applicationId: 0x54_4d_42_4f, version: 1, create: () => undefined },
  );
  return {
    async clear() {
      for (const table of tables) raw.exec(`DROP TABLE IF EXISTS ${table}`);
    },
    async run() {
      readRaw(events);
      raw.exec('BEGIN IMMEDIATE');
      for (const { sql } of made) raw.exec(sql);
      for (const [table, all] of rows) {
        const [first] = all;
        if (!first) continue;
        const insert = raw.prepare(`INSERT INTO ${table} VALUES (${first.map(() => '?').join(', ')})`);
        for (const row of all) insert.run(...row);
      }
      raw.exec('COMMIT');
    },
    async close() {
      raw.close();
      events.close();
    },
  };
}
