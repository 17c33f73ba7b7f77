import { collectionOf } from '#ports/view-store/check-view.js';
import { fieldOf } from '#ports/view-store/order.js';
import type { CollectionSchema, Document, DocumentWrite, Scalar, ViewSchema } from '#ports/view-store/view-store.js';
import type { CollectionShape, ColumnValue, Rows } from './operations.js';

const shapes = new WeakMap<CollectionSchema, CollectionShape>();

/** How a collection lies in its tables: columns have numbers, so that no field's name ever reaches a statement. */
export function shapeOf(collection: CollectionSchema): CollectionShape {
  const known = shapes.get(collection);
  if (known) return known;
  const fields = Object.entries(collection.fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const columns = fields.filter(([, type]) => type !== 'texts').map(([name]) => name);
  const lists = fields.filter(([, type]) => type === 'texts').map(([name]) => name);
  const shape: CollectionShape = {
    name: collection.name,
    columns,
    lists,
    signature: JSON.stringify(fields),
    indexes: collection.indexes
      .map((index) => index.map((field) => columns.indexOf(field)).filter((column) => column >= 0))
      .filter((index) => index.length > 0),
  };
  shapes.set(collection, shape);
  return shape;
}

/**
 * A value as its column keeps it. The driver ends text at a NUL, so NUL is written as two characters, in a way that keeps
 * the order of all texts.
 */
export function columnValue(value: Scalar | undefined): ColumnValue {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' ? columnText(value) : value;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are written otherwise
const ESCAPED = /[\u0000\u0001]/g;
export const columnText = (text: string): string =>
  text.replace(ESCAPED, (character) => (character === '\0' ? '\u0001\u0001' : '\u0001\u0002'));

/** Writes of one view as its tables take them: grouped by collection, each document's in their order. */
export function rowsOf(view: ViewSchema, writes: readonly DocumentWrite[]): readonly Rows[] {
  const groups = new Map<string, Filled>();
  for (const { collection, id, position, document } of writes) {
    let group = groups.get(collection);
    if (!group) {
      group = emptyRows(collectionOf(view, collection));
      groups.set(collection, group);
    }
    const { rows, shape } = group;
    if (document !== null)
      for (const [list, field] of shape.lists.entries())
        for (const text of textsOf(document, field)) rows.texts.push([rows.ids.length, list, text]);
    rows.ids.push(id);
    rows.positions.push(position);
    rows.jsons.push(document && JSON.stringify(document));
    for (const field of shape.columns) rows.columns.push(document && columnValue(fieldOf(document, field)));
  }
  return [...groups.values()].map(({ rows }) => rows);
}

interface Filled {
  readonly shape: CollectionShape;
  readonly rows: {
    readonly collection: string;
    readonly width: number;
    readonly ids: string[];
    readonly positions: string[];
    readonly jsons: (string | null)[];
    readonly columns: ColumnValue[];
    readonly texts: [number, number, string][];
  };
}

function emptyRows(collection: CollectionSchema): Filled {
  const shape = shapeOf(collection);
  const lists = { ids: [], positions: [], jsons: [], columns: [], texts: [] };
  return { shape, rows: { collection: shape.name, width: shape.columns.length, ...lists } };
}

function textsOf(document: Document, field: string): readonly string[] {
  const texts = (fieldOf(document, field) ?? []) as unknown as readonly string[];
  return [...new Set(texts)].map(columnText);
}
