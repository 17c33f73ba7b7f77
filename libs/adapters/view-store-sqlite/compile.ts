import type { CheckedQuery } from '#ports/view-store/check-query.js';
import type { Place } from '#ports/view-store/order.js';
import type { Condition, Query } from '#ports/view-store/view-store.js';
import type { CollectionShape, ColumnValue, Template } from './operations.js';
import { columnText, columnValue, shapeOf } from './shape.js';

const COMPARISONS = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/**
 * A checked query as SQL. After a cursor the page may need two statements, the rest of the documents with a value and
 * those without one, so that each of them is a range of an index.
 */
export function compileFind(query: Query, checked: CheckedQuery): readonly Template[] {
  const shape = shapeOf(checked.collection);
  const column = query.orderBy && columnOf(shape, query.orderBy.field);
  const descending = query.orderBy?.direction === 'desc';
  const order = (column ? [column, 'id'] : ['id']).map((one) => (descending ? `${one} DESC` : one)).join(', ');
  const ranges = checked.after ? rangesAfter(checked.after, column, descending) : [{ sql: '', values: [] }];
  const where = checked.where.map((condition) => compileCondition(shape, condition));
  return ranges.map((range) => {
    const all = range.sql === '' ? where : [...where, range];
    return {
      sql: `SELECT id, json FROM {documents}${whereOf(all)} ORDER BY ${order} LIMIT ?`,
      values: all.flatMap((one) => one.values),
    };
  });
}

export function compileCount(checked: Pick<CheckedQuery, 'collection' | 'where'>): Template {
  const where = checked.where.map((condition) => compileCondition(shapeOf(checked.collection), condition));
  return {
    sql: `SELECT count(*) AS documents FROM {documents}${whereOf(where)}`,
    values: where.flatMap((one) => one.values),
  };
}

const whereOf = (conditions: readonly Template[]): string =>
  conditions.length === 0 ? '' : ` WHERE ${conditions.map((one) => one.sql).join(' AND ')}`;

const columnOf = (shape: CollectionShape, field: string): string => `c${shape.columns.indexOf(field)}`;

function compileCondition(shape: CollectionShape, condition: Condition): Template {
  if (condition.op === 'has') {
    const list = shape.lists.indexOf(condition.field);
    return {
      sql: 'key IN (SELECT document FROM {texts} WHERE list = ? AND value = ?)',
      values: [list, columnText(condition.value)],
    };
  }
  const column = columnOf(shape, condition.field);
  if (condition.op === 'absent') return { sql: `${column} IS NULL`, values: [] };
  if (condition.op === 'in') return compileIn(column, condition.value.map(columnValue));
  return { sql: `${column} ${COMPARISONS[condition.op]} ?`, values: [columnValue(condition.value)] };
}

/** As many places as the next power of two, so that few different statements are made. */
function compileIn(column: string, values: readonly ColumnValue[]): Template {
  const last = values.at(-1);
  if (last === undefined) return { sql: 'FALSE', values: [] };
  const places = 2 ** Math.ceil(Math.log2(values.length));
  const padded = [...values, ...Array<ColumnValue>(places - values.length).fill(last)];
  return { sql: `${column} IN (${padded.map(() => '?').join(', ')})`, values: padded };
}

/** What comes after a place, in the order asked for; absent values come first ascending, last descending. */
function rangesAfter(after: Place, column: string | undefined, descending: boolean): readonly Template[] {
  const comparison = descending ? '<' : '>';
  if (!column) return [{ sql: `id ${comparison} ?`, values: [after.id] }];
  if (after.value === undefined) {
    const sameAbsence = { sql: `${column} IS NULL AND id ${comparison} ?`, values: [after.id] };
    return descending ? [sameAbsence] : [sameAbsence, { sql: `${column} IS NOT NULL`, values: [] }];
  }
  const rest = { sql: `(${column}, id) ${comparison} (?, ?)`, values: [columnValue(after.value), after.id] };
  return descending ? [rest, { sql: `${column} IS NULL`, values: [] }] : [rest];
}
