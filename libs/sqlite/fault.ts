/**
 * What can go wrong with an embedded database, in the few kinds that callers tell apart. Messages name no value and no
 * statement: only what happened and what to do.
 */
export type FaultKind =
  /** The disk, or the quota given to the file, is full. Nothing was stored. */
  | 'full'
  /** Another process kept the file locked for longer than the time allowed. Nothing was stored. */
  | 'locked'
  | 'read-only'
  /** Cannot be opened or created there. */
  | 'no-access'
  /** Not a database, or a damaged one. */
  | 'damaged'
  /** A database, but of another kind or of a newer version of the programme. */
  | 'foreign'
  /** A uniqueness rule of the schema was broken; the transaction was undone. */
  | 'constraint'
  /** Reading or writing failed. When it happened at the commit, the outcome is unknown. */
  | 'io'
  /** The worker died. Whatever it was doing may have been stored or not. */
  | 'crashed'
  | 'closed'
  | 'failed';

export interface Fault {
  readonly kind: FaultKind;
  readonly message: string;
  /** True when it is unknown whether the write was stored. */
  readonly outcomeUnknown: boolean;
}

export class SqliteFault extends Error {
  override readonly name = 'SqliteFault';
  readonly kind: FaultKind;
  readonly outcomeUnknown: boolean;
  constructor(fault: Fault, options?: ErrorOptions) {
    super(fault.message, options);
    this.kind = fault.kind;
    this.outcomeUnknown = fault.outcomeUnknown;
  }
}

export const fault = (kind: FaultKind, message: string, outcomeUnknown = false): Fault => ({
  kind,
  message,
  outcomeUnknown,
});

const SAID: Readonly<Record<FaultKind, string>> = {
  full: 'the disk is full: nothing was stored; free some space',
  locked: 'another process keeps the file locked: nothing was stored; try again',
  'read-only': 'the file cannot be written: check its permissions and those of its folder',
  'no-access': 'the file cannot be opened or created there: check the folder and its permissions',
  damaged: 'the file is damaged or is not a database: keep it, and restore a backup',
  foreign: 'the file belongs to something else',
  constraint: 'something that must be unique is there already: nothing was stored',
  io: 'reading or writing the file failed: check the disk',
  crashed: 'the database worker stopped',
  closed: 'closed',
  failed: 'the database refused an operation',
};

/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const KINDS: ReadonlyMap<number, FaultKind> = new Map([
  [3, 'no-access'],
  [5, 'locked'],
  [6, 'locked'],
  [8, 'read-only'],
  [10, 'io'],
  [11, 'damaged'],
  [13, 'full'],
  [14, 'no-access'],
  [19, 'constraint'],
  [26, 'damaged'],
]);

/** Turns whatever the driver threw into a fault. `atCommit`: a failed write may have reached the disk all the same. */
export function faultOf(error: unknown, atCommit = false): Fault {
  if (isFault(error)) return error;
  const code = (error as { errcode?: unknown } | null)?.errcode;
  const kind = typeof code === 'number' ? (KINDS.get(code & 0xff) ?? 'failed') : 'failed';
  const detail = typeof code === 'number' ? ` (SQLite ${code})` : '';
  return fault(kind, `${SAID[kind]}${detail}`, atCommit && (kind === 'io' || kind === 'failed'));
}

const isFault = (error: unknown): error is Fault =>
  typeof error === 'object' && error !== null && 'kind' in error && 'outcomeUnknown' in error;

/** What callers hear when the worker is gone. */
export const gone = (kind: 'crashed' | 'closed', sent: boolean): SqliteFault =>
  new SqliteFault(fault(kind, SAID[kind], sent));
