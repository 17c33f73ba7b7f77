import { fieldOf } from '#ports/view-store/order.js';
import type { CollectionSchema, Document, DocumentWrite, Scalar } from '#ports/view-store/view-store.js';
import type { CollectionShape, ColumnValue, WriteArgument } from './operations.js';

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

export function writeArgument(collection: CollectionSchema, write: DocumentWrite): WriteArgument {
  const { id, position, document } = write;
  if (document === null) return [write.collection, id, position, null, [], []];
  const shape = shapeOf(collection);
  return [
    write.collection,
    id,
    position,
    JSON.stringify(document),
    shape.columns.map((field) => columnValue(fieldOf(document, field))),
    shape.lists.flatMap((field, list) => textsOf(document, field).map((text) => [list, text] as const)),
  ];
}

function textsOf(document: Document, field: string): readonly string[] {
  const texts = (fieldOf(document, field) ?? []) as unknown as readonly string[];
  return [...new Set(texts)].map(columnText);
}
