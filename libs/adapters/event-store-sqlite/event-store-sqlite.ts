import { checkAppend } from '#ports/event-store/check-append.js';
import {
  type EventStore,
  EventStoreError,
  type ReadAllOptions,
  type SubscribeOptions,
} from '#ports/event-store/event-store.js';
import { positionOf, sequenceOf } from '#ports/event-store/position.js';
import { connect } from '#sqlite/connect.js';
import type { Place } from '#sqlite/database.js';
import { asEventStoreError } from './faults.js';
import { type AppendAnswer, type AppendArgument } from './operations.js';
import { logPage, streamPage } from './pages.js';
import { follow } from './subscribe.js';
import { tailOf } from './tail.js';

const LAST = Number.MAX_SAFE_INTEGER;

/**
 * Opens, and creates with mode 0600, an event store in one SQLite file (with its `-wal` and `-shm` companions). Several
 * processes may open the same file. Appends that wait at the same time share one sync of the disk.
 * @throws EventStoreError `unavailable` the file cannot be opened, is damaged, or is no event store of this version
 */
export async function openSqliteEventStore(place: Place): Promise<EventStore> {
  const failed = (error: unknown): never => {
    throw asEventStoreError(error);
  };
  const connection = await connect(new URL('./worker.js', import.meta.url), place).catch(failed);
  const tail = await tailOf(connection).catch(async (error: unknown) => {
    await connection.close();
    return failed(error);
  });
  const closing = new AbortController();
  const refuseIfClosed = () => {
    if (closing.signal.aborted) throw new EventStoreError('closed', 'the event store is closed');
  };
  /** True when it is known that a stream, as it is now, has nothing from a revision on. */
  const nothingFrom = async (stream: string, from: number): Promise<boolean> => {
    if (from <= (tail.newest.lastRevision(stream) ?? LAST)) return false;
    await tail.refresh();
    return from > (tail.newest.lastRevision(stream) ?? LAST);
  };

  return {
    async append(stream, expected, events) {
      refuseIfClosed();
      checkAppend(stream, events);
      const ids: string[] = [];
      const types: string[] = [];
      const blobs: Uint8Array[] = [];
      for (const event of events) {
        ids.push(event.eventId);
        types.push(event.type);
        blobs.push(event.data, event.metadata);
      }
      const argument: AppendArgument = [stream, expected === 'no-stream' ? -1 : expected, ids, types];
      try {
        const answer = (await connection.call('append', argument, blobs, stream)).value as AppendAnswer;
        if (answer.length === 1) {
          const [actual] = answer;
          throw new EventStoreError('wrong-expected-revision', 'the stream is at another revision', {
            actual: actual < 0 ? 'no-stream' : actual,
          });
        }
        const [revision, position, repeated] = answer;
        if (!repeated) tail.appended(stream, events, revision, position);
        return { revision, position: positionOf(position) };
      } catch (error) {
        throw asEventStoreError(error);
      }
    },

    async *readStream(stream, options = {}) {
      refuseIfClosed();
      const backwards = options.direction === 'backwards';
      let from = options.from ?? (backwards ? LAST : 0);
      let left = options.limit ?? LAST;
      // SQLite's text would end at a NUL: no stream has such a name.
      if (stream.includes('\0')) return;
      try {
        if (!backwards && (await nothingFrom(stream, from))) return;
        const asOf = tail.newest.end;
        while (left > 0) {
          const page = await streamPage(connection, stream, backwards, from, left);
          yield* page.events;
          if (page.end >= 0) {
            if (!backwards) tail.newest.note(stream, page.events.at(-1)?.revision ?? from - 1, asOf);
            return;
          }
          left -= page.events.length;
          from = page.scanned + (backwards ? -1 : 1);
        }
      } catch (error) {
        throw asEventStoreError(error);
      }
    },

    async *readAll(options = {}) {
      refuseIfClosed();
      const { at: first, prefixes } = startOf(options);
      let at = first;
      let end: number | undefined;
      let left = options.limit ?? LAST;
      try {
        do {
          if (left <= 0) return;
          const page = await logPage(connection, at, end, prefixes, left, options.withoutTypes);
          end ??= page.end;
          yield* page.events;
          left -= page.events.length;
          at = page.scanned;
        } while (at < end);
      } catch (error) {
        throw asEventStoreError(error);
      }
    },

    async *subscribe(options = {}) {
      refuseIfClosed();
      const { at, prefixes } = startOf(options);
      const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
      try {
        yield* follow(connection, tail, at, prefixes, signal);
      } catch (error) {
        throw asEventStoreError(error);
      }
    },

    async head() {
      refuseIfClosed();
      try {
        const end = (await connection.call('head', undefined)).value as number;
        return end === 0 ? undefined : positionOf(end);
      } catch (error) {
        throw asEventStoreError(error);
      }
    },

    async close() {
      closing.abort();
      await connection.close();
    },
  };
}

/** Stream names are ASCII: another prefix keeps nothing. */
function startOf(options: ReadAllOptions | SubscribeOptions) {
  return {
    at: options.after === undefined ? 0 : sequenceOf(options.after),
    prefixes: options.streamPrefixes?.filter((prefix) => /^[\x21-\x7e]*$/.test(prefix)),
  };
}
