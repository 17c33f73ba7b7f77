import type { Statement } from '#sqlite/database.js';
import type { Reply } from '#sqlite/run.js';
import { tokenOf } from './leases.js';
import { type ApplyArgument, NOT_PREPARED, type WriteArgument } from './operations.js';
import { documentsTable, textsTable, type viewTables } from './tables.js';

/** One step: the documents and the checkpoint, in the transaction that the caller opened. */
export function stepStatements(statement: (sql: string) => Statement, tables: ReturnType<typeof viewTables>) {
  function apply([key, checkpoint, writes, fence]: ApplyArgument): Reply {
    const view = tables.find(key);
    if (!view) return { value: NOT_PREPARED };
    if (fence && tokenOf(statement, fence[0]) !== fence[1]) return { value: { done: 'fenced' } };
    if (view.checkpoint !== null && checkpoint <= view.checkpoint) return { value: { done: 'already' } };
    const collections = new Set(writes.map(([collection]) => collection));
    for (const collection of collections) if (!tables.has(view.number, collection)) return { value: NOT_PREPARED };
    for (const one of writes) write(view.number, checkpoint, one);
    statement('UPDATE view SET checkpoint = ? WHERE number = ?').run(checkpoint, view.number);
    statement('DELETE FROM gone WHERE view = ? AND position <= ?').run(view.number, checkpoint);
    return { value: { done: 'applied' } };
  }

  function write(view: number, checkpoint: string, [collection, id, position, json, columns, texts]: WriteArgument) {
    const documents = documentsTable(view, collection);
    const before = statement(`SELECT key, position FROM ${documents} WHERE id = ?`).get(id) as
      | { key: number; position: string }
      | undefined;
    const guard = before?.position ?? goneAt(view, collection, id);
    if (guard !== undefined && position <= guard) return;
    if (json === null) {
      if (before) {
        removeTexts(view, collection, before.key);
        statement(`DELETE FROM ${documents} WHERE key = ?`).run(before.key);
      }
      // The checkpoint guards everything up to itself; only a deletion beyond it must be remembered.
      if (position > checkpoint)
        statement('INSERT OR REPLACE INTO gone (view, collection, id, position) VALUES (?, ?, ?, ?)').run(
          view,
          collection,
          id,
          position,
        );
      return;
    }
    const key = before
      ? update(documents, before.key, position, json, columns)
      : insert(documents, id, position, json, columns);
    if (!before && guard !== undefined)
      statement('DELETE FROM gone WHERE view = ? AND collection = ? AND id = ?').run(view, collection, id);
    if (before) removeTexts(view, collection, key);
    for (const [list, value] of texts)
      statement(`INSERT INTO ${textsTable(view, collection)} (list, value, document) VALUES (?, ?, ?)`).run(
        list,
        value,
        key,
      );
  }

  const goneAt = (view: number, collection: string, id: string): string | undefined =>
    (
      statement('SELECT position FROM gone WHERE view = ? AND collection = ? AND id = ?').get(view, collection, id) as
        | { position: string }
        | undefined
    )?.position;

  function removeTexts(view: number, collection: string, key: number): void {
    if (tables.hasTexts(view, collection))
      statement(`DELETE FROM ${textsTable(view, collection)} WHERE document = ?`).run(key);
  }

  function insert(documents: string, id: string, position: string, json: string, columns: WriteArgument[4]): number {
    const names = columns.map((_, index) => `, c${index}`).join('');
    const places = columns.map(() => ', ?').join('');
    return Number(
      statement(`INSERT INTO ${documents} (id, position, json${names}) VALUES (?, ?, ?${places})`).run(
        id,
        position,
        json,
        ...columns,
      ).lastInsertRowid,
    );
  }

  function update(documents: string, key: number, position: string, json: string, columns: WriteArgument[4]): number {
    const sets = columns.map((_, index) => `, c${index} = ?`).join('');
    statement(`UPDATE ${documents} SET position = ?, json = ?${sets} WHERE key = ?`).run(
      position,
      json,
      ...columns,
      key,
    );
    return key;
  }

  return { apply };
}
