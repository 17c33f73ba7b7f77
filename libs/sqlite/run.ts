import type { Database } from './database.js';
import { type Fault, faultOf } from './fault.js';
import type { Parcel } from './packet.js';
import type { AnswerHead, CallHead } from './protocol.js';

export interface Reply {
  readonly value?: unknown;
  /** Gives the value at the end of the transaction instead: what others in it changed is then in the answer. */
  readonly valueAtEnd?: () => unknown;
  readonly blobs?: readonly Uint8Array[];
}
/** Throws only what the driver throws; a refusal is a value. */
export type Handler = (arg: never, blobs: readonly Uint8Array[]) => Reply;
/** Throws only what the driver throws. */
export interface Transactions {
  /** It has begun, and no other connection writes until it ends. */
  begun(): void;
  /** It is on disk. One that is not said to be may have been undone, or not. */
  committed(): void;
}
export type Handlers = Readonly<Record<string, Handler>>;

type Call = Parcel<CallHead>;
type Answer = Parcel<AnswerHead>;

const NO_BLOBS: readonly Uint8Array[] = [];

const answerOf = (id: number, reply: Reply): Answer => ({
  head: [id, reply.valueAtEnd ? reply.valueAtEnd() : reply.value, undefined],
  blobs: reply.blobs ?? NO_BLOBS,
});
const handle = (handlers: Handlers, { head: [id, op, arg], blobs }: Call): Answer =>
  answerOf(id, handlers[op]?.(arg as never, blobs) ?? {});
const failed = ({ head: [id] }: Call, fault: Fault): Answer => ({ head: [id, undefined, fault], blobs: NO_BLOBS });

/**
 * All writes that wait, in one transaction: one sync of the disk for all. If one of them fails, all are undone and each
 * is tried in a transaction of its own, so that nobody pays for another's fault.
 */
export function runWrites(
  database: Database,
  handlers: Handlers,
  calls: readonly Call[],
  transactions?: Transactions,
): readonly Answer[] {
  if (calls.length === 0) return [];
  let stage: 'begin' | 'work' | 'commit' = 'begin';
  try {
    database.exec('BEGIN IMMEDIATE');
    stage = 'work';
    transactions?.begun();
    const replies = calls.map((call) => handlers[call.head[1]]?.(call.head[2] as never, call.blobs) ?? {});
    const answers = replies.map((reply, index) => answerOf(calls[index]?.head[0] ?? 0, reply));
    stage = 'commit';
    database.exec('COMMIT');
    transactions?.committed();
    return answers;
  } catch (error) {
    const fault = faultOf(error, stage === 'commit');
    const undone = rollback(database);
    if (stage === 'work' && undone && calls.length > 1)
      return calls.flatMap((call) => runWrites(database, handlers, [call], transactions));
    return calls.map((call) => failed(call, fault));
  }
}

function rollback(database: Database): boolean {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}

/** All reads that wait, on one snapshot. */
export function runReads(database: Database, handlers: Handlers, calls: readonly Call[]): readonly Answer[] {
  if (calls.length === 0) return [];
  try {
    database.exec('BEGIN');
    return calls.map((call) => {
      try {
        return handle(handlers, call);
      } catch (error) {
        return failed(call, faultOf(error));
      }
    });
  } catch (error) {
    return calls.map((call) => failed(call, faultOf(error)));
  } finally {
    rollback(database);
  }
}

export function runAlone(handlers: Handlers, call: Call): Answer {
  try {
    return handle(handlers, call);
  } catch (error) {
    return failed(call, faultOf(error));
  }
}
