import type { Statement } from '#sqlite/database.js';
import type { Reply } from '#sqlite/run.js';
import { tokenOf } from './leases.js';
import {
  type ApplyArgument,
  type ColumnValue,
  type FillArgument,
  NOT_PREPARED,
  type Outcome,
  type Rows,
  type StepArgument,
  type ViewKey,
} from './operations.js';
import { documentsTable, textsTable, type ViewRow, type viewTables } from './tables.js';

type Prepare = (sql: string) => Statement;
interface Kept {
  readonly key: number;
  readonly position: string;
}

/** Documents and checkpoints of all steps of a call, in the transaction that the caller opened. */
export function stepStatements(statement: Prepare, tables: ReturnType<typeof viewTables>) {
  const isFenced = (fence: ApplyArgument[1]) => fence !== null && tokenOf(statement, fence[0]) !== fence[1];
  /** The view, when every collection is there. */
  function prepared(key: ViewKey, rows: readonly Rows[]): ViewRow | undefined {
    const view = tables.find(key);
    return view && rows.every(({ collection }) => tables.has(view.number, collection)) ? view : undefined;
  }

  function apply([steps, fence]: ApplyArgument): Reply {
    const views = steps.map(([key, , rows]) => prepared(key, rows));
    if (views.includes(undefined)) return { value: NOT_PREPARED };
    if (isFenced(fence)) return { value: { done: steps.map(() => 'fenced') } };
    return { value: { done: steps.map((step, index) => applyOne(views[index], step)) } };
  }

  function applyOne(view: ViewRow | undefined, [, checkpoint, rows]: StepArgument): 'applied' | 'already' {
    if (!view || (view.checkpoint !== null && checkpoint <= view.checkpoint)) return 'already';
    const { number } = view;
    const anyGone = statement('SELECT 1 FROM gone WHERE view = ? LIMIT 1').get(number) !== undefined;
    let marked = anyGone;
    for (const one of rows) marked = write(number, checkpoint, one, anyGone) || marked;
    statement('UPDATE view SET checkpoint = ? WHERE number = ?').run(checkpoint, number);
    if (marked) statement('DELETE FROM gone WHERE view = ? AND position <= ?').run(number, checkpoint);
    return 'applied';
  }

  /** @returns whether a deletion beyond the checkpoint was noted: everything up to that the checkpoint itself guards */
  function write(view: number, checkpoint: string, rows: Rows, anyGone: boolean): boolean {
    const table = tableOf(view, rows);
    const { collection, ids, positions, jsons } = rows;
    let noted = false;
    const texts = textsFrom(rows);
    for (const [index, id] of ids.entries()) {
      const [position = '', json = null] = [positions[index], jsons[index]];
      const before = table.find.get(id) as Kept | undefined;
      const guard = before?.position ?? (anyGone || noted ? goneAt(view, collection, id) : undefined);
      if (guard !== undefined && position <= guard) continue;
      if (json === null) {
        if (before) table.remove(before.key);
        if (position <= checkpoint) continue;
        noted = true;
        statement('INSERT OR REPLACE INTO gone (view, collection, id, position) VALUES (?, ?, ?, ?)').run(
          view,
          collection,
          id,
          position,
        );
        continue;
      }
      const columns = columnsOf(rows, index);
      if (before) table.update(before.key, position, json, columns, texts(index));
      else table.insert(id, position, json, columns, texts(index));
      if (!before && guard !== undefined)
        statement('DELETE FROM gone WHERE view = ? AND collection = ? AND id = ?').run(view, collection, id);
    }
    return noted;
  }

  const goneAt = (view: number, collection: string, id: string): string | undefined =>
    (
      statement('SELECT position FROM gone WHERE view = ? AND collection = ? AND id = ?').get(view, collection, id) as
        | { position: string }
        | undefined
    )?.position;

  /** Documents of views that nobody else writes and nobody reads yet. */
  function fill([fillings, fence]: FillArgument): Reply {
    const views = fillings.map(([key, fresh, others]) => prepared(key, [...fresh, ...others]));
    if (views.includes(undefined)) return { value: NOT_PREPARED };
    if (isFenced(fence)) return { value: { done: 'fenced' } satisfies Outcome<'fenced'> };
    for (const [at, [, fresh, others]] of fillings.entries()) {
      const number = views[at]?.number ?? 0;
      for (const rows of [...fresh, ...others]) {
        const table = tableOf(number, rows);
        const known = others.includes(rows);
        const texts = textsFrom(rows);
        for (const [index, id] of rows.ids.entries()) {
          const [position = '', json = null] = [rows.positions[index], rows.jsons[index]];
          const before = known ? (table.find.get(id) as Kept | undefined) : undefined;
          if (json === null) {
            if (before) table.remove(before.key);
          } else if (before) table.update(before.key, position, json, columnsOf(rows, index), texts(index));
          else table.insert(id, position, json, columnsOf(rows, index), texts(index));
        }
      }
    }
    return { value: { done: 'filled' } };
  }

  /** Statements on one collection's tables. */
  function tableOf(view: number, { collection, width }: Rows) {
    const documents = documentsTable(view, collection);
    const texts = textsTable(view, collection);
    const listed = tables.hasTexts(view, collection);
    const numbers = Array.from({ length: width }, (_, index) => `c${index}`);
    const names = numbers.map((name) => `, ${name}`).join('');
    const addText = listed ? statement(`INSERT INTO ${texts} (list, value, document) VALUES (?, ?, ?)`) : undefined;
    const removeTexts = listed ? statement(`DELETE FROM ${texts} WHERE document = ?`) : undefined;
    const removing = statement(`DELETE FROM ${documents} WHERE key = ?`);
    const inserting = statement(
      `INSERT INTO ${documents} (id, position, json${names}) VALUES (?, ?, ?${', ?'.repeat(width)})`,
    );
    const updating = statement(
      `UPDATE ${documents} SET position = ?, json = ?${numbers.map((name) => `, ${name} = ?`).join('')} WHERE key = ?`,
    );
    const add = (key: number, values: readonly Text[]) => {
      for (const [list, value] of values) addText?.run(list, value, key);
    };
    return {
      find: statement(`SELECT key, position FROM ${documents} WHERE id = ?`),
      insert(id: string, position: string, json: string, columns: readonly ColumnValue[], values: readonly Text[]) {
        const { lastInsertRowid } = inserting.run(id, position, json, ...columns);
        if (values.length > 0) add(Number(lastInsertRowid), values);
      },
      update(key: number, position: string, json: string, columns: readonly ColumnValue[], values: readonly Text[]) {
        updating.run(position, json, ...columns, key);
        removeTexts?.run(key);
        add(key, values);
      },
      remove(key: number) {
        removeTexts?.run(key);
        removing.run(key);
      },
    };
  }

  return { apply, fill };
}

type Text = readonly [list: number, value: string];
const columnsOf = ({ width, columns }: Rows, index: number): readonly ColumnValue[] =>
  columns.slice(index * width, (index + 1) * width);
const NONE: readonly Text[] = [];

/** Texts of a document after the other, asked for in order. */
function textsFrom({ texts }: Rows): (document: number) => readonly Text[] {
  let at = 0;
  return (document) => {
    while ((texts[at]?.[0] ?? document) < document) at += 1;
    if (texts[at]?.[0] !== document) return NONE;
    const found: Text[] = [];
    for (let next = texts[at]; next?.[0] === document; next = texts[at]) {
      found.push([next[1], next[2]]);
      at += 1;
    }
    return found;
  };
}
