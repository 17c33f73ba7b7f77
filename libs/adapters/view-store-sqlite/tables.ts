import type { Database, Statement } from '#sqlite/database.js';
import type { Reply } from '#sqlite/run.js';
import {
  type CollectionShape,
  NOT_PREPARED,
  type Outcome,
  type PrepareArgument,
  refused,
  type ViewKey,
} from './operations.js';

export interface ViewRow {
  readonly number: number;
  readonly checkpoint: string | null;
}
export const documentsTable = (view: number, collection: string): string => `documents_${view}_${collection}`;
export const textsTable = (view: number, collection: string): string => `texts_${view}_${collection}`;

const done = <T>(value: T): Reply => ({ value: { done: value } satisfies Outcome<T> });
const MOST_STATEMENTS = 400;

/** Statements by their text, made once. */
export function statementsOf(database: Database): (sql: string) => Statement {
  const made = new Map<string, Statement>();
  return (sql) => {
    const known = made.get(sql);
    if (known) return known;
    if (made.size >= MOST_STATEMENTS) made.clear();
    const statement = database.prepare(sql);
    made.set(sql, statement);
    return statement;
  };
}

/** The register of views, and the life of their tables. */
export function viewTables(database: Database, statement: (sql: string) => Statement) {
  const find = ([name, version]: ViewKey): ViewRow | undefined =>
    statement('SELECT number, checkpoint FROM view WHERE name = ? AND version = ?').get(name, version) as
      | ViewRow
      | undefined;
  const signatureOf = (view: number, collection: string): string | undefined =>
    (
      statement('SELECT columns FROM collection WHERE view = ? AND name = ?').get(view, collection) as
        | { columns: string }
        | undefined
    )?.columns;

  function createCollection(view: number, { name, columns, lists, signature, indexes }: CollectionShape): void {
    const documents = documentsTable(view, name);
    const texts = textsTable(view, name);
    if (signatureOf(view, name) === undefined) {
      const list = columns.map((_, index) => `, c${index}`).join('');
      database.exec(
        `CREATE TABLE ${documents} (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, position TEXT NOT NULL${list}, json TEXT NOT NULL)`,
      );
      if (lists.length > 0)
        database.exec(`
          CREATE TABLE ${texts} (list INTEGER NOT NULL, value TEXT NOT NULL, document INTEGER NOT NULL,
            PRIMARY KEY (list, value, document)) WITHOUT ROWID;
          CREATE INDEX ${texts}_document ON ${texts} (document);
        `);
      statement('INSERT INTO collection (view, name, columns) VALUES (?, ?, ?)').run(view, name, signature);
    }
    for (const index of indexes) {
      const chosen = index.map((column) => `c${column}`);
      database.exec(
        `CREATE INDEX IF NOT EXISTS ${documents}_${chosen.join('_')} ON ${documents} (${chosen.join(', ')}, id)`,
      );
    }
  }

  function remove(key: ViewKey): void {
    const view = find(key);
    if (!view) return;
    const collections = statement('SELECT name FROM collection WHERE view = ?').all(view.number) as { name: string }[];
    for (const { name } of collections)
      database.exec(
        `DROP TABLE IF EXISTS ${documentsTable(view.number, name)}; DROP TABLE IF EXISTS ${textsTable(view.number, name)}`,
      );
    for (const table of ['collection', 'gone']) statement(`DELETE FROM ${table} WHERE view = ?`).run(view.number);
    statement('DELETE FROM view WHERE number = ?').run(view.number);
  }

  function prepare([key, collections]: PrepareArgument): Reply {
    const there = find(key);
    const changed = collections.find(({ name, signature }) => {
      const known = there && signatureOf(there.number, name);
      return known !== undefined && known !== signature;
    });
    if (changed)
      return { value: refused(`the fields of ${changed.name} are not those of before: raise the view's version`) };
    const number =
      there?.number ??
      Number(statement('INSERT INTO view (name, version) VALUES (?, ?)').run(key[0], key[1]).lastInsertRowid);
    for (const collection of collections) createCollection(number, collection);
    return done(true);
  }

  return {
    find,
    prepare,
    beginRebuild([key, collections]: PrepareArgument): Reply {
      remove(key);
      return prepare([key, collections]);
    },
    swap([live, rebuilt]: readonly [ViewKey, ViewKey]): Reply {
      const view = find(rebuilt);
      if (!view) return { value: NOT_PREPARED };
      if (live[0] === rebuilt[0] && live[1] === rebuilt[1]) return done(true);
      remove(live);
      statement('UPDATE view SET name = ?, version = ? WHERE number = ?').run(live[0], live[1], view.number);
      return done(true);
    },
    drop(key: ViewKey): Reply {
      remove(key);
      return done(true);
    },
    checkpoint: (key: ViewKey): Reply => done(find(key)?.checkpoint ?? undefined),
    has: (view: number, collection: string): boolean => signatureOf(view, collection) !== undefined,
    hasTexts: (view: number, collection: string): boolean =>
      (JSON.parse(signatureOf(view, collection) ?? '[]') as [string, string][]).some(([, type]) => type === 'texts'),
  };
}
