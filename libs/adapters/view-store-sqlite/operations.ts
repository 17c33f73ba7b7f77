/** What the store asks of its worker: plain values only. */

export type ViewKey = readonly [name: string, version: number];

export interface CollectionShape {
  readonly name: string;
  /** Declared scalar fields, sorted by name: field n is column `c<n>`. */
  readonly columns: readonly string[];
  /** Declared lists of texts, sorted by name. */
  readonly lists: readonly string[];
  /** Names and types of all fields, to notice a changed declaration. */
  readonly signature: string;
  /** Indexes as column numbers; lists of texts have an index of their own. */
  readonly indexes: readonly (readonly number[])[];
}

export type ColumnValue = string | number | null;

export type PrepareArgument = readonly [view: ViewKey, collections: readonly CollectionShape[]];
export type WriteArgument = readonly [
  collection: string,
  id: string,
  position: string,
  /** Null deletes. */
  json: string | null,
  columns: readonly ColumnValue[],
  /** Number of the list, value. */
  texts: readonly (readonly [number, string])[],
];
export type ApplyArgument = readonly [
  view: ViewKey,
  checkpoint: string,
  writes: readonly WriteArgument[],
  fence: readonly [lease: string, token: number] | null,
];
export type TakeLeaseArgument = readonly [name: string, owner: string, forMs: number, seize: boolean, note: string];
export type ReleaseLeaseArgument = readonly [name: string, token: number];
export type LoadArgument = readonly [view: ViewKey, collection: string, ids: readonly string[]];
export type ScanArgument = readonly [view: ViewKey, collection: string, after: string];

/** A statement with `{documents}` and `{texts}` where the tables' names go. */
export interface Template {
  readonly sql: string;
  readonly values: readonly ColumnValue[];
}
/** The parts are asked in order until there are enough documents. */
export type FindArgument = readonly [view: ViewKey, collection: string, parts: readonly Template[], limit: number];
export type CountArgument = readonly [view: ViewKey, collection: string, template: Template];

export type Found = readonly [id: string, json: string];
export type FoundAt = readonly [id: string, json: string, position: string];

/** Every operation's value, or why there is none. */
export type Outcome<T> = { readonly done: T } | { readonly refused: string };
export const refused = (why: string): { readonly refused: string } => ({ refused: why });
export const NOT_PREPARED = refused('the view is not prepared');
