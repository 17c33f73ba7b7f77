import type { Statement } from '#sqlite/database.js';
import type { Reply } from '#sqlite/run.js';
import {
  type CompareArgument,
  type ComparedAt,
  type CountArgument,
  type FindArgument,
  type Found,
  type FoundAt,
  type LoadArgument,
  type LookArgument,
  type LookedAt,
  NOT_PREPARED,
  type ScanArgument,
  type Template,
  type ViewKey,
} from './operations.js';
import { documentsTable, textsTable, type viewTables } from './tables.js';

const SCANNED_AT_ONCE = 500;
/** Little enough to die young in the small nursery of the thread that reads it, and to hold up no step for long. */
const SCANNED_BYTES = 200_000;
/** Some milliseconds' work. */
const COMPARED_AT_ONCE = 1000;

interface Row {
  readonly id: string;
  readonly json: string;
  readonly position: string;
}

export const inTables = (template: Template, view: number, collection: string): string =>
  template.sql
    .replaceAll('{documents}', documentsTable(view, collection))
    .replaceAll('{texts}', textsTable(view, collection));

export function queryStatements(statement: (sql: string) => Statement, tables: ReturnType<typeof viewTables>) {
  const numberOf = (key: ViewKey, collection: string): number | undefined => {
    const view = tables.find(key);
    return view && tables.has(view.number, collection) ? view.number : undefined;
  };

  function load([key, collection, ids]: LoadArgument): readonly FoundAt[] | undefined {
    const view = numberOf(key, collection);
    if (view === undefined) return undefined;
    const one = statement(`SELECT json, position FROM ${documentsTable(view, collection)} WHERE id = ?`);
    return ids.flatMap((id): FoundAt[] => {
      const row = one.get(id) as Row | undefined;
      return row ? [[id, row.json, row.position]] : [];
    });
  }

  return {
    load(wanted: LoadArgument): Reply {
      const done = load(wanted);
      return { value: done ? { done } : NOT_PREPARED };
    },

    look([views, wanted]: LookArgument): Reply {
      const found: (readonly FoundAt[])[] = [];
      for (const one of wanted) {
        const documents = load(one);
        if (!documents) return { value: NOT_PREPARED };
        found.push(documents);
      }
      const checkpoints = views.map((key) => tables.find(key)?.checkpoint ?? null);
      return { value: { done: [checkpoints, found] satisfies LookedAt } };
    },

    compare([liveKey, rebuiltKey, collection, after]: CompareArgument): Reply {
      const [live, rebuilt] = [numberOf(liveKey, collection), numberOf(rebuiltKey, collection)];
      if (live === undefined || rebuilt === undefined) return { value: NOT_PREPARED };
      return { value: { done: compareStretch(statement, live, rebuilt, collection, after) } };
    },

    find([key, collection, parts, limit]: FindArgument): Reply {
      const view = numberOf(key, collection);
      if (view === undefined) return { value: NOT_PREPARED };
      const done: Found[] = [];
      for (const part of parts) {
        if (done.length >= limit) break;
        const rows = statement(inTables(part, view, collection)).all(...part.values, limit - done.length) as Row[];
        for (const { id, json } of rows) done.push([id, json]);
      }
      return { value: { done } };
    },

    count([key, collection, template]: CountArgument): Reply {
      const view = numberOf(key, collection);
      if (view === undefined) return { value: NOT_PREPARED };
      const row = statement(inTables(template, view, collection)).get(...template.values) as { documents: number };
      return { value: { done: row.documents } };
    },

    scan([key, collection, after]: ScanArgument): Reply {
      const view = numberOf(key, collection);
      if (view === undefined) return { value: NOT_PREPARED };
      const rows = statement(
        `SELECT id, json, position FROM ${documentsTable(view, collection)} WHERE id > ? ORDER BY id LIMIT ?`,
      ).iterate(after, SCANNED_AT_ONCE);
      const done: FoundAt[] = [];
      let bytes = 0;
      for (const { id, json, position } of rows as Iterable<Row>) {
        done.push([id, json, position]);
        bytes += json.length;
        if (bytes > SCANNED_BYTES) break;
      }
      return { value: { done } };
    },
  };
}

/** The stretch after an id: in each version a range of its index by id, and in the other the document of the same id. */
function compareStretch(
  statement: (sql: string) => Statement,
  live: number,
  rebuilt: number,
  collection: string,
  after: string,
): ComparedAt {
  const [old, fresh] = [documentsTable(live, collection), documentsTable(rebuilt, collection)];
  const nth = (table: string) => `SELECT * FROM (SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?)`;
  const { next } = statement(`SELECT min(id) AS next FROM (${nth(old)} UNION ALL ${nth(fresh)})`).get(
    after,
    COMPARED_AT_ONCE - 1,
    after,
    COMPARED_AT_ONCE - 1,
  ) as { next: string | null };
  const range = (table: string) => `${table}.id > ?${next === null ? '' : ` AND ${table}.id <= ?`}`;
  const bounds = next === null ? [after] : [after, next];
  const { documents } = statement(`SELECT count(*) AS documents FROM ${fresh} WHERE ${range(fresh)}`).get(
    ...bounds,
  ) as { documents: number };
  const unlike = statement(
    `SELECT ${fresh}.id, ${old}.json AS live, ${fresh}.json AS rebuilt FROM ${fresh} LEFT JOIN ${old} ON ${old}.id = ${fresh}.id
       WHERE ${range(fresh)} AND ${old}.json IS NOT ${fresh}.json
     UNION ALL
     SELECT ${old}.id, ${old}.json, NULL FROM ${old}
       WHERE ${range(old)} AND NOT EXISTS (SELECT 1 FROM ${fresh} WHERE ${fresh}.id = ${old}.id)`,
  ).all(...bounds, ...bounds) as unknown as { id: string; live: string | null; rebuilt: string | null }[];
  return {
    documents,
    unlike: unlike.map(({ id, live, rebuilt }) => [id, live, rebuilt]),
    next: next ?? undefined,
  };
}
