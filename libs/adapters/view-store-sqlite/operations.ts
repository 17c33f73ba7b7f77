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
/** Changes of one collection, side by side: the n-th of each list belongs to the n-th document. Many small lists cost more to send. */
export interface Rows {
  readonly collection: string;
  readonly ids: readonly string[];
  readonly positions: readonly string[];
  /** Null deletes. */
  readonly jsons: readonly (string | null)[];
  /** How many columns the collection has: so many values for each document, one document after the other. */
  readonly width: number;
  readonly columns: readonly ColumnValue[];
  /** Number of the document, number of the list, value; of all documents in order. */
  readonly texts: readonly (readonly [number, number, string])[];
}
type FenceArgument = readonly [lease: string, token: number] | null;
export type StepArgument = readonly [view: ViewKey, checkpoint: string, rows: readonly Rows[]];
export type ApplyArgument = readonly [steps: readonly StepArgument[], fence: FenceArgument];
/** Fresh rows are known not to be there. */
export type FillingArgument = readonly [view: ViewKey, fresh: readonly Rows[], others: readonly Rows[]];
export type FillArgument = readonly [fillings: readonly FillingArgument[], fence: FenceArgument];
export type TakeLeaseArgument = readonly [name: string, owner: string, forMs: number, seize: boolean, note: string];
export type ReleaseLeaseArgument = readonly [name: string, token: number];
export type LoadArgument = readonly [view: ViewKey, collection: string, ids: readonly string[]];
export type LookArgument = readonly [views: readonly ViewKey[], wanted: readonly LoadArgument[]];
export type CompareArgument = readonly [live: ViewKey, rebuilt: ViewKey, collection: string, after: string];
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

/** An answer to `look`: checkpoints in the order of the views, documents in the order of what was wanted. */
export type LookedAt = readonly [checkpoints: readonly (string | null)[], found: readonly (readonly FoundAt[])[]];
export interface ComparedAt {
  readonly documents: number;
  readonly unlike: readonly (readonly [id: string, live: string | null, rebuilt: string | null])[];
  /** Undefined: there is nothing beyond. */
  readonly next: string | undefined;
}
