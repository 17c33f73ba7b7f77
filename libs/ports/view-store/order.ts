import type { Condition, Document, Query, Scalar } from './view-store.js';

/**
 * The order that every engine keeps, so that a page is the same everywhere: text by Unicode code point (as SQLite's BINARY
 * and MongoDB's simple collation do, unlike JavaScript's `<`), false before true, absent before everything.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above U+FFFF: they come after U+E000–U+FFFF. */
const codePointRank = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

export function compareScalars(a: Scalar | undefined, b: Scalar | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return Number(a) - Number(b);
}

/** A declared field of a document; null reads as absent. */
export const fieldOf = (document: Document, field: string): Scalar | undefined =>
  ((Object.hasOwn(document, field) ? document[field] : undefined) as Scalar | undefined) ?? undefined;

export function holds(document: Document, condition: Condition): boolean {
  const value = fieldOf(document, condition.field);
  if (condition.op === 'absent') return value === undefined;
  if (value === undefined) return false;
  switch (condition.op) {
    case 'has':
      return (value as unknown as readonly string[]).includes(condition.value);
    case 'in':
      return condition.value.includes(value);
    case 'eq':
      return value === condition.value;
    case 'gt':
      return compareScalars(value, condition.value) > 0;
    case 'gte':
      return compareScalars(value, condition.value) >= 0;
    case 'lt':
      return compareScalars(value, condition.value) < 0;
    case 'lte':
      return compareScalars(value, condition.value) <= 0;
  }
}

/** A document's place in a query's order. */
export interface Place {
  readonly value: Scalar | undefined;
  readonly id: string;
}

export const placeOf = (order: Query['orderBy'], id: string, document: Document): Place => ({
  value: order ? fieldOf(document, order.field) : undefined,
  id,
});

export function comparePlaces(order: Query['orderBy'], a: Place, b: Place): number {
  const ascending = compareScalars(a.value, b.value) || compareText(a.id, b.id);
  return order?.direction === 'desc' ? -ascending : ascending;
}
