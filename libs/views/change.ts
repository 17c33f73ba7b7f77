import type { AnySealedEvent } from '#kernel/define-event.js';
import type { CollectionSchema, Document } from '#ports/view-store/view-store.js';
import type { Change } from './view.js';

/**
 * How one event moves one typed document: from the document before it to the one after it, null to delete it, the very
 * same object to leave it alone.
 */
export type Fold<T extends object, E extends AnySealedEvent> = (
  before: T | undefined,
  event: E,
) => T | null | undefined;

/**
 * Changes of one collection where each event touches the one document that `idOf` names; none when it answers undefined.
 * The casts meet here and nowhere else: the store keeps documents as plain JSON, the fold knows their shape.
 */
export function changesOf<T extends object, E extends AnySealedEvent>(
  collection: string,
  idOf: (event: E) => string | undefined,
  fold: Fold<T, E>,
): (event: AnySealedEvent) => readonly Change[] {
  return (any) => {
    const event = any as E;
    const id = idOf(event);
    if (id === undefined) return [];
    return [{ collection, id, next: (before) => fold(before as T | undefined, event) as Document | null | undefined }];
  };
}

/** Declares a collection; the indexes it lists are the filters and orders that its queries may use. */
export const collection = (
  name: string,
  fields: CollectionSchema['fields'],
  indexes: CollectionSchema['indexes'],
): CollectionSchema => ({ name, fields, indexes });

/** Text of a field of event data, when it is there. */
export const textOf = (data: Readonly<Record<string, unknown>>, field: string): string | undefined => {
  const value = data[field];
  return typeof value === 'string' ? value : undefined;
};

/** Adds a text to a set kept as a sorted list. */
export const withText = (before: readonly string[], text: string): readonly string[] =>
  before.includes(text) ? before : [...before, text].sort();
