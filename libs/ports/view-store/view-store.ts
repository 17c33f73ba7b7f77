import type { Position } from '../event-store/event-store.js';

/**
 * Documents that projections write and queries read. Written with MongoDB in mind: no joins, no transaction over several
 * documents required. What makes that safe: a document changes only as a function of its own previous state and one
 * event, and it carries the position of the last event that changed it; a change at or before that position is dropped.
 */

/** JSON values only. Sealed values travel unopened. */
export type Document = Readonly<Record<string, unknown>>;

export type FieldType = 'text' | 'number' | 'boolean' | 'texts';

export interface CollectionSchema {
  /** `[a-z][a-z0-9_]{0,39}`. */
  readonly name: string;
  /**
   * Top-level document properties that queries filter or sort by, with the type the engine keeps them in. Absent or null
   * is allowed. `texts` is a list of text that is only asked with `has`, never sorted by.
   */
  readonly fields: Readonly<Record<string, FieldType>>;
  /**
   * Indexes over those fields, leftmost first. The id is always the last, so every order is total. At most one `texts`
   * field in an index (MongoDB's rule for multikey indexes).
   */
  readonly indexes: readonly (readonly string[])[];
}

/** One version of a view: its collections live and die together. */
export interface ViewSchema {
  /** `[a-z][a-z0-9_]{0,39}`. */
  readonly name: string;
  /** Raised when the projection changes: another version is another set of documents. */
  readonly version: number;
  readonly collections: readonly CollectionSchema[];
}

export interface DocumentWrite {
  readonly collection: string;
  /** 1–200 characters. */
  readonly id: string;
  /** The whole new document, or null to delete it. */
  readonly document: Document | null;
  /** Position of the last event folded into this document. */
  readonly position: Position;
}

/** Document changes and the checkpoint, in one atomic step where the engine has transactions, guarded by position where not. */
export interface Step {
  readonly writes: readonly DocumentWrite[];
  /** Everything up to here is in the documents once the step is done. Never moves backwards. */
  readonly checkpoint: Position;
  /** The step is made only while this is the lease's present token. */
  readonly fence?: Fence;
}

/** A step of one of several views. */
export interface ViewStep {
  readonly view: ViewSchema;
  readonly step: Omit<Step, 'fence'>;
}

/** Documents of one view that are asked for. */
export interface Wanted {
  readonly view: ViewSchema;
  readonly collection: string;
  readonly ids: readonly string[];
}

export interface Looked {
  /** In the order of the views; undefined: seen nothing, or not prepared. */
  readonly checkpoints: readonly (Position | undefined)[];
  /** In the order of what was wanted; deleted documents are not given. */
  readonly documents: readonly ReadonlyMap<string, VersionedDocument>[];
}

/** Documents of a view that is being rebuilt. */
export interface Filling {
  readonly rebuilt: ViewSchema;
  readonly documents: readonly FilledDocument[];
}
export interface FilledDocument extends DocumentWrite {
  /** True: the caller knows that it is not there yet, and that nobody else writes it. */
  readonly fresh: boolean;
}

/** A stretch of two versions of a collection, laid side by side. */
export interface Compared {
  /** Documents of the rebuilt version in this stretch. */
  readonly documents: number;
  /** Those whose text differs. Equal values are among them where their properties stand in another order. */
  readonly unlike: readonly {
    readonly id: string;
    readonly live: Document | undefined;
    readonly rebuilt: Document | undefined;
  }[];
}

/** What tells the holder of a lease from one that held it before and does not know that it lost it. */
export interface Fence {
  readonly lease: string;
  readonly token: number;
}

/** Somebody's right to do something alone, for a while. Times are the engine's own. */
export interface Lease {
  /** `[a-z0-9/:-]{1,100}`. */
  readonly name: string;
  /** Of one process; another one after each start. The same form as a name. */
  readonly owner: string;
  /** Higher each time the lease changes hands or had run out. */
  readonly token: number;
  readonly leftMs: number;
  /** Whatever its owner said last; no personal data. */
  readonly note: string;
}

export interface LeaseRequest {
  readonly owner: string;
  readonly forMs: number;
  /** Takes it from whoever has it: for an owner that knows by other means that nobody else is left. */
  readonly seize?: boolean;
  readonly note?: string;
}

export type Scalar = string | number | boolean;
export type Condition =
  | { readonly field: string; readonly op: 'eq' | 'gte' | 'gt' | 'lte' | 'lt'; readonly value: Scalar }
  | { readonly field: string; readonly op: 'in'; readonly value: readonly Scalar[] }
  | { readonly field: string; readonly op: 'absent' }
  /** A `texts` field that holds this value among others. */
  | { readonly field: string; readonly op: 'has'; readonly value: string };

export interface Query {
  readonly collection: string;
  /** All must hold. Only declared fields. */
  readonly where?: readonly Condition[];
  /** Default: by id, ascending. Equal values are ordered by id in the same direction; absent values come first ascending. */
  readonly orderBy?: { readonly field: string; readonly direction: 'asc' | 'desc' };
  /** 1–1000. */
  readonly limit: number;
  /** Start after this place, as given by an earlier page. Stable while documents are written. */
  readonly after?: string;
}

export interface Page {
  readonly documents: readonly { readonly id: string; readonly document: Document }[];
  /** Place of the last document, to ask for the next page; undefined on the last page. */
  readonly next: string | undefined;
}

export interface VersionedDocument {
  readonly document: Document;
  readonly position: Position;
}

export type Applied = 'applied' | 'already' | 'fenced';

export interface ViewStore {
  /** Makes collections and indexes when they are missing; safe to call again, from any process. */
  prepare(view: ViewSchema): Promise<void>;
  /** The last checkpoint of this view's version, or undefined when it has seen nothing. */
  checkpoint(view: ViewSchema): Promise<Position | undefined>;
  /**
   * A step at or before the stored checkpoint changes nothing and answers `already`; one whose lease has another token by now
   * changes nothing and answers `fenced`.
   */
  apply(view: ViewSchema, step: Step): Promise<Applied>;
  /**
   * Steps of several views, each view once, each as `apply` answers it; in one commit where the engine has transactions. One
   * that is refused as `invalid-write` refuses all of them before anything is written. `fenced` is the answer to all or to none.
   */
  applyAll(steps: readonly ViewStep[], fence?: Fence): Promise<readonly Applied[]>;
  /** Checkpoints and documents of several views in one call; of one moment where the engine has snapshots. */
  look(views: readonly ViewSchema[], wanted: readonly Wanted[]): Promise<Looked>;
  /** Deleted documents are not given; their position guard still holds until the checkpoint passes it. */
  load(view: ViewSchema, collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, VersionedDocument>>;
  get(view: ViewSchema, collection: string, id: string): Promise<Document | undefined>;
  find(view: ViewSchema, query: Query): Promise<Page>;
  count(view: ViewSchema, query: Pick<Query, 'collection' | 'where'>): Promise<number>;
  /** Every document of a collection in id order, for comparisons and scans. */
  scan(view: ViewSchema, collection: string): AsyncIterable<{ readonly id: string } & VersionedDocument>;
  /** The same view, empty, under a temporary name: a rebuild writes there while the live one answers. Clears leftovers. */
  beginRebuild(view: ViewSchema): Promise<ViewSchema>;
  /**
   * Writes documents of views that are being rebuilt, in bulk: no guard, no checkpoint, and on disk only with the step that
   * comes after. Nobody but the caller may be writing there; a rebuild that was cut off begins anew.
   * @returns `fenced`: the lease has another token by now, and nothing was written
   */
  fill(fillings: readonly Filling[], fence?: Fence): Promise<'filled' | 'fenced'>;
  /** Lays two versions of a collection side by side, stretch by stretch in id order, without holding up other calls for long. */
  compare(live: ViewSchema, rebuilt: ViewSchema, collection: string): AsyncIterable<Compared>;
  /** Puts the rebuilt documents and checkpoint in the place of the live ones, in one step. */
  swap(live: ViewSchema, rebuilt: ViewSchema): Promise<void>;
  /** Removes a view's documents and checkpoint. */
  drop(view: ViewSchema): Promise<void>;
  /** Takes a lease that nobody holds, or renews one's own. @returns undefined while another owner holds it */
  takeLease(name: string, request: LeaseRequest): Promise<Lease | undefined>;
  /** Gives it back, if that token still holds it. */
  releaseLease(fence: Fence): Promise<void>;
  /** The leases held now whose name starts so. */
  leases(prefix: string): Promise<readonly Lease[]>;
  close(): Promise<void>;
}

/** Known by its `code`. `invalid-query`: an undeclared field, a bad limit or cursor; `unavailable`: retry later. */
export class ViewStoreError extends Error {
  override readonly name = 'ViewStoreError';
  constructor(
    readonly code: 'invalid-query' | 'invalid-write' | 'unavailable' | 'closed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
