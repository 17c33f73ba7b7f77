import type { Database, Statement } from '#sqlite/database.js';
import type { Reply } from '#sqlite/run.js';
import { checkRow, checksumOf, damaged, type Row } from './checksum.js';
import { indexChecks, refuseGaps, refuseLoss } from './index-checks.js';
import { type Known, knownStreams } from './known-streams.js';
import {
  type AppendAnswer,
  type AppendArgument,
  type EventPage,
  type LogArgument,
  PAGE_BYTES,
  PAGE_ROWS,
  SCAN_ROWS,
  type StreamArgument,
} from './operations.js';
import { rarePrefixes } from './rare-prefixes.js';

type CheckedRow = Row & { readonly checksum: number };
const NOTHING = new Uint8Array();
const EVENTS = `SELECT position, name AS stream, revision, id, type, data, metadata, checksum
  FROM event CROSS JOIN stream ON stream.number = event.stream`;

/** The worker's side of the store. */
export function eventStatements(database: Database) {
  const known = knownStreams(database);
  /** Position of the last event, inside of a transaction that writes. */
  let newest = 0;
  const checks = indexChecks(database);
  const { numberOf, revisionOf, endOf } = checks;
  const rare = rarePrefixes(database);
  const newStream = database.prepare('INSERT INTO stream (name) VALUES (?)');
  const at = database.prepare('SELECT id, position FROM event WHERE stream = ? AND revision = ?');
  const insert = database.prepare(
    'INSERT INTO event (position, stream, revision, id, type, data, metadata, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const end = database.prepare('SELECT max(position) AS position FROM event');
  const forwards = database.prepare(`${EVENTS} WHERE event.stream = ? AND revision >= ? ORDER BY revision LIMIT ?`);
  const backwards = database.prepare(
    `${EVENTS} WHERE event.stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?`,
  );
  const these = database.prepare(`${EVENTS} WHERE position IN (SELECT value FROM json_each(?)) ORDER BY position`);
  const inOrder = new Map<string, Statement>();
  const log = (prefixes: number, without: number): Statement => {
    const key = `${prefixes} ${without}`;
    const found = inOrder.get(key);
    if (found) return found;
    const named = prefixes > 0 ? `AND (${Array(prefixes).fill('substr(name, 1, ?) = ?').join(' OR ')})` : '';
    const filter = without > 0 ? `${named} AND type NOT IN (${Array(without).fill('?').join()})` : named;
    const made = database.prepare(`${EVENTS} WHERE position > ? AND position <= ? ${filter} ORDER BY position LIMIT ?`);
    inOrder.set(key, made);
    return made;
  };

  const head = (): number => (end.get() as { position: number | null }).position ?? 0;

  /** The position of the last event when the very same append is stored already. */
  function repeated(number: number, first: number, wanted: readonly string[]): number | undefined {
    let position: number | undefined;
    for (const [index, id] of wanted.entries()) {
      const row = at.get(number, first + index) as { id: string; position: number } | undefined;
      if (row?.id !== id) return undefined;
      position = row.position;
    }
    return position;
  }

  /** Inside of a transaction that writes. Undefined when there is no such stream. */
  function whereIs(stream: string): Known | undefined {
    const found = known.find(stream);
    if (found) return found;
    const number = numberOf(stream);
    return number === undefined ? undefined : { number, revision: revisionOf(number) };
  }

  function append(argument: AppendArgument, blobs: readonly Uint8Array[]): Reply {
    const [stream, expected, wanted] = argument;
    const there = whereIs(stream);
    const actual = there?.revision ?? -1;
    const revision = expected + wanted.length;
    if (actual !== expected) {
      const position = there && actual >= revision ? repeated(there.number, expected + 1, wanted) : undefined;
      if (position !== undefined) return { value: [revision, position, true] satisfies AppendAnswer };
      // Where the stream is once all who wait have had their turn: the next try of this one is not late again.
      return {
        valueAtEnd: (): AppendAnswer => [whereIs(stream)?.revision ?? -1],
      };
    }
    const number = there?.number ?? Number(newStream.run(stream).lastInsertRowid);
    store(number, argument, blobs);
    known.note(stream, { number, revision });
    return { value: [revision, newest, false] satisfies AppendAnswer };
  }

  function store(number: number, argument: AppendArgument, blobs: readonly Uint8Array[]): void {
    const [stream, expected, wanted, types] = argument;
    for (const [index, id] of wanted.entries()) {
      // the transaction is the only one that writes: nobody else takes these positions
      newest += 1;
      const [type = '', data = NOTHING, metadata = NOTHING] = [types[index], blobs[index * 2], blobs[index * 2 + 1]];
      const row = { position: newest, stream, revision: expected + 1 + index, id, type, data, metadata };
      insert.run(newest, number, row.revision, id, type, data, metadata, checksumOf(row));
    }
  }

  function readStream([stream, isBackwards, from, limit]: StreamArgument): Reply {
    const rows = Math.min(limit, PAGE_ROWS);
    const number = numberOf(stream, true);
    // looked at first: streams only grow, whoever else writes meanwhile
    const end = number === undefined ? -1 : endOf(number);
    const { page, blobs, full } = collect((isBackwards ? backwards : forwards).iterate(number ?? 0, from, rows), rows);
    if (isBackwards || from > end) refuseGaps(page.revisions, isBackwards ? -1 : 1, 'of a stream');
    else
      refuseGaps([Math.max(from, 0) - 1, ...(rows > 0 ? [...page.revisions, ...lacking(page)] : [])], 1, 'of a stream');
    const last = page.revisions.at(-1);
    const scanned = last ?? from;
    return { value: { ...page, scanned, end: full ? -1 : scanned } satisfies EventPage, blobs };
  }

  function readLog([after, until, prefixes, limit, without = []]: LogArgument): Reply {
    const present = head();
    const end = Math.min(until ?? present, present);
    const few = prefixes && rare.behind(prefixes, after, end, without);
    if (few) return readThese(few, prefixes, Math.min(limit, PAGE_ROWS), present);
    const stop = Math.min(end, prefixes || without.length > 0 ? after + SCAN_ROWS : Number.POSITIVE_INFINITY);
    const rows = Math.min(limit, PAGE_ROWS);
    // An empty list of prefixes keeps nothing.
    const found =
      prefixes?.length === 0
        ? []
        : log(prefixes?.length ?? 0, without.length).iterate(
            after,
            stop,
            ...(prefixes ?? []).flatMap((prefix) => [prefix.length, prefix]),
            ...without,
            rows,
          );
    const { page, blobs, full } = collect(found, rows);
    if (prefixes === undefined && without.length === 0) refuseGaps([after, ...page.positions], 1, 'of the log');
    const scanned = full ? (page.positions.at(-1) ?? after) : Math.max(after, stop);
    return { value: { ...page, scanned, end: present } satisfies EventPage, blobs };
  }

  function readThese(
    { positions, until }: NonNullable<ReturnType<typeof rare.behind>>,
    prefixes: readonly string[],
    most: number,
    end: number,
  ): Reply {
    const wanted = positions.slice(0, most);
    const { page, blobs } = collect(these.iterate(JSON.stringify(wanted)), most);
    const last = page.positions.at(-1);
    const lies = page.streams.some((stream) => !prefixes.some((prefix) => stream.startsWith(prefix)));
    if (
      lies ||
      page.positions.some((position, index) => position !== wanted[index]) ||
      (last === undefined) !== (wanted.length === 0)
    )
      throw damaged('the index of events is not what was written');
    const all = page.positions.length === positions.length;
    return { value: { ...page, scanned: all ? until : (last ?? until), end } satisfies EventPage, blobs };
  }

  refuseLoss(database);
  const transactions = {
    begun(): void {
      known.begun();
      newest = head();
    },
    committed: known.committed,
  };
  return { append, readStream, readLog, head: (): Reply => ({ value: head() }), end: head, transactions };
}

function collect(rows: Iterable<unknown>, most: number) {
  const streams: string[] = [];
  const revisions: number[] = [];
  const positions: number[] = [];
  const ids: string[] = [];
  const types: string[] = [];
  const blobs: Uint8Array[] = [];
  let bytes = 0;
  for (const row of rows as Iterable<CheckedRow>) {
    checkRow(row);
    streams.push(row.stream);
    revisions.push(row.revision);
    positions.push(row.position);
    ids.push(row.id);
    types.push(row.type);
    blobs.push(row.data, row.metadata);
    bytes += row.data.byteLength + row.metadata.byteLength;
    if (bytes >= PAGE_BYTES) break;
  }
  const full = positions.length >= most || bytes >= PAGE_BYTES;
  return { page: { streams, revisions, positions, ids, types }, blobs, full };
}

/** Nothing where something must be: a number that follows none. */
const lacking = ({ revisions }: { readonly revisions: readonly number[] }): readonly number[] =>
  revisions.length === 0 ? [Number.NaN] : [];
