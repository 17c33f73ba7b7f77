import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type Appended, EventStoreError, type StoredEvent } from '#ports/event-store/event-store.js';
import { positionOf } from '#ports/event-store/position.js';
import type { AppendRequest, BatchStream } from './batch.js';
import { asEventStoreError, isRefusal, neverSent } from './faults.js';

/** Reads at most so many events of a stream from a revision on. */
export type ReadBack = (stream: string, from: number, limit: number) => Promise<readonly StoredEvent[]>;

/**
 * Appends, and where the outcome is in doubt (time-out, connection lost, server stopping) reads back. Whoever cannot be told
 * `stored` or `not stored` for certain is told `unknown-outcome`; sending the very same append again is then safe, because
 * the server recognises an exact expected revision with the same ids, even after a restart.
 */
export async function append(
  batch: BatchStream,
  readBack: ReadBack,
  request: AppendRequest,
  patience: number,
): Promise<Appended> {
  let answer: BatchAppendResp;
  try {
    answer = await batch.send(request, patience);
  } catch (error) {
    if (neverSent(error) || isRefusal(error)) throw asEventStoreError(error);
    return settle(readBack, request, error);
  }
  const success = answer.getSuccess();
  if (success) {
    const revision = Number(success.getCurrentRevision());
    const position = success.getPosition()?.getCommitPosition();
    // A repeat is answered as a success; what it says of places is not relied on.
    if (position !== undefined && revision === lastRevision(request))
      return { revision, position: positionOf(BigInt(position)) };
    return settle(readBack, request, new Error('a success without a place'));
  }
  return refused(readBack, request, answer);
}

const firstRevision = ({ expected }: AppendRequest): number => (expected === 'no-stream' ? 0 : expected + 1);
const lastRevision = (request: AppendRequest): number => firstRevision(request) + request.events.length - 1;

async function refused(readBack: ReadBack, request: AppendRequest, answer: BatchAppendResp): Promise<Appended> {
  const details = answer.getError()?.getDetails();
  const kind = details?.getTypeName() ?? '';
  if (details && kind.endsWith('.WrongExpectedVersion')) {
    const wrong = details.unpack(shared.WrongExpectedVersion.deserializeBinary, kind);
    throw conflict(wrong?.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : 'no-stream');
  }
  if (kind.endsWith('.MaximumAppendSizeExceeded'))
    throw new EventStoreError('too-large', 'the server takes less in one append than it is set to by default');
  if (kind.endsWith('.AccessDenied'))
    throw new EventStoreError('unavailable', 'EventStoreDB refuses this user the right to append');
  if (kind.endsWith('.StreamDeleted'))
    throw new EventStoreError('invalid-append', 'the stream was deleted for ever on the server');
  return settle(readBack, request, new Error(`EventStoreDB answered ${kind || 'an error'} to an append`));
}

const conflict = (actual: number | 'no-stream'): EventStoreError =>
  new EventStoreError('wrong-expected-revision', 'the stream is at another revision', { actual });

async function settle(readBack: ReadBack, request: AppendRequest, cause: unknown): Promise<Appended> {
  let there: readonly StoredEvent[];
  try {
    there = await readBack(request.stream, firstRevision(request), request.events.length);
  } catch (error) {
    throw unknown(new AggregateError([cause, error]));
  }
  // Nothing there yet: the append may still be under way.
  if (there.length === 0) throw unknown(cause);
  const last = there.at(-1);
  if (
    last &&
    there.length === request.events.length &&
    there.every((event, at) => event.eventId === request.events[at]?.eventId)
  )
    return { revision: last.revision, position: last.position };
  const [end] = await readBack(request.stream, -1, 1).catch(() => there.slice(-1));
  throw conflict(end?.revision ?? 'no-stream');
}

const unknown = (cause: unknown): EventStoreError =>
  new EventStoreError('unknown-outcome', 'EventStoreDB did not say whether the events are stored', { cause });
