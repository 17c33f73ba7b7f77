import type { Statement } from '#sqlite/database.js';
import type { Reply } from '#sqlite/run.js';
import {
  type CountArgument,
  type FindArgument,
  type Found,
  type FoundAt,
  type LoadArgument,
  NOT_PREPARED,
  type ScanArgument,
  type Template,
  type ViewKey,
} from './operations.js';
import { documentsTable, textsTable, type viewTables } from './tables.js';

const SCANNED_AT_ONCE = 500;
const SCANNED_BYTES = 1_000_000;

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

  return {
    load([key, collection, ids]: LoadArgument): Reply {
      const view = numberOf(key, collection);
      if (view === undefined) return { value: NOT_PREPARED };
      const one = statement(`SELECT json, position FROM ${documentsTable(view, collection)} WHERE id = ?`);
      const done = ids.flatMap((id): FoundAt[] => {
        const row = one.get(id) as Row | undefined;
        return row ? [[id, row.json, row.position]] : [];
      });
      return { value: { done } };
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
