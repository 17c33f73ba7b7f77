import { createHash } from 'node:crypto';
import type { Collection, IndexDescription } from 'mongodb';
import type { Position } from '#ports/event-store/event-store.js';
import { fieldOf } from '#ports/view-store/order.js';
import type { CollectionSchema, Document, Scalar, ViewSchema } from '#ports/view-store/view-store.js';

/**
 * How documents lie in MongoDB. A document is kept as its JSON text, since no MongoDB keeps every name (`$sealed`, dots, an
 * empty name) nor tells a whole number from another; the declared fields lie beside it, for queries.
 */
export interface StoredDocument {
  readonly _id: string;
  /** Position of the last event folded in: a change at or before it is dropped. */
  readonly position: string;
  readonly json?: string;
  readonly fields?: Readonly<Record<string, Scalar | readonly string[]>>;
  /** Only in what is left of a deleted document until the checkpoint passes: the same position again. */
  readonly goneAt?: string;
}

/** A view in the register: which collections it has, and how far it is. Swapping is a change of this one document. */
export interface ViewEntry {
  readonly _id: string;
  /** Names the collections; another one after every rebuild. */
  readonly number: string;
  readonly checkpoint?: string;
  /** Collection name → its declared fields, as text. */
  readonly signatures: Readonly<Record<string, string>>;
  /** Highest position of a deletion that the checkpoint has not passed yet. */
  readonly goneAt?: string;
}

export const entryId = (view: ViewSchema): string => `${view.name}/${view.version}`;
export const collectionName = (number: string, collection: string): string => `v${number}_${collection}`;
/** @returns undefined for a collection that holds no view's documents */
export const numberOf = (name: string): string | undefined => /^v([0-9a-f]{10})_/.exec(name)?.[1];
export type Documents = Collection<StoredDocument>;

/** A field's place in a stored document: no declared name can be an operator or a path. */
export const pathOf = (field: string): string => `fields.${keyOf(field)}`;
const keyOf = (field: string): string =>
  /^[A-Za-z][A-Za-z0-9_]*$/.test(field) ? field : `0x${Buffer.from(field).toString('hex')}`;

export const signatureOf = (collection: CollectionSchema): string =>
  JSON.stringify(Object.entries(collection.fields).sort(([a], [b]) => (a < b ? -1 : 1)));

export function storedFrom(
  schema: CollectionSchema,
  id: string,
  position: Position,
  document: Document,
): StoredDocument {
  const fields: Record<string, Scalar | readonly string[]> = {};
  for (const field of Object.keys(schema.fields)) {
    const value = fieldOf(document, field);
    if (value !== undefined) fields[keyOf(field)] = value;
  }
  return { _id: id, position, json: JSON.stringify(document), fields };
}

export const goneFrom = (id: string, position: Position): StoredDocument => ({ _id: id, position, goneAt: position });

/** As two versions are laid side by side: the text alone. */
export const laidOut = ({ _id, json = '{}' }: StoredDocument): { readonly id: string; readonly json: string } => ({
  id: _id,
  json,
});

export const documentOf = (stored: StoredDocument): Document => JSON.parse(stored.json ?? '{}') as Document;

/** Documents that are there; what is left of deleted ones is not. */
export const THERE = { goneAt: { $exists: false } } as const;

export function indexesOf(schema: CollectionSchema): IndexDescription[] {
  const declared = schema.indexes.map((index): IndexDescription => {
    const key = Object.fromEntries([...index.map((field) => [pathOf(field), 1] as const), ['_id', 1] as const]);
    // A short name, since old servers bound the length of an index's full name.
    return { key, name: `i${createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 10)}` };
  });
  return [...declared, { key: { goneAt: 1 }, name: 'gone', sparse: true }];
}
