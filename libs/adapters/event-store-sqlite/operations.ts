/** What the store asks of its worker. Plain values; bytes travel beside them as data, metadata, data, metadata, … */

/** `expected`: -1 for a stream that must not exist. */
export type AppendArgument = readonly [
  stream: string,
  expected: number,
  ids: readonly string[],
  types: readonly string[],
];
/** As short as it can be: it travels for each append. */
export type AppendAnswer =
  /** `repeated`: it was there already; its bytes may be others. */
  | readonly [revision: number, position: number, repeated: boolean]
  /** Conflict. `actual`: -1 when there is no such stream. */
  | readonly [actual: number];

export type StreamArgument = readonly [stream: string, backwards: boolean, from: number, limit: number];
export type LogArgument = readonly [
  after: number,
  /** Last position wanted; undefined for the end at the time of the call. */
  until: number | undefined,
  prefixes: readonly string[] | undefined,
  limit: number,
  /** Types of events that are left out. */
  without?: readonly string[],
];

export interface EventPage {
  readonly streams: readonly string[];
  readonly revisions: readonly number[];
  readonly positions: readonly number[];
  readonly ids: readonly string[];
  readonly types: readonly string[];
  /** Everything wanted up to here is in the page: ask again from here. */
  readonly scanned: number;
  /** End of the log, or of the stream's wanted part, at the time of the call; 0 for an empty log. */
  readonly end: number;
}

/** Rows and bytes that one page holds at most (one event more than the bytes). */
export const PAGE_ROWS = 256;
export const PAGE_BYTES = 1_000_000;
/** Rows that one call looks at for a rare prefix, so that no call keeps the worker from appending for long. */
export const SCAN_ROWS = 4096;
