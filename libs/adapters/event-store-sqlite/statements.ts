import type { Database, Statement } from '#sqlite/database.js';
import type { Reply } from '#sqlite/run.js';
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

interface Row {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}
const COLUMNS = 'position, stream, revision, id, type, data, metadata';

/** The worker's side of the store. */
export function eventStatements(database: Database) {
  const lastRevision = database.prepare('SELECT revision FROM event WHERE stream = ? ORDER BY revision DESC LIMIT 1');
  const at = database.prepare('SELECT id, position FROM event WHERE stream = ? AND revision = ?');
  const insert = database.prepare(
    'INSERT INTO event (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const end = database.prepare('SELECT max(position) AS position FROM event');
  const forwards = database.prepare(
    `SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
  );
  const backwards = database.prepare(
    `SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?`,
  );
  const inOrder = new Map<number, Statement>();
  const log = (prefixes: number): Statement => {
    const found = inOrder.get(prefixes);
    if (found) return found;
    // The unary plus keeps SQLite on the table's own order.
    const filter = prefixes > 0 ? `AND (${Array(prefixes).fill('substr(+stream, 1, ?) = ?').join(' OR ')})` : '';
    const made = database.prepare(
      `SELECT ${COLUMNS} FROM event WHERE position > ? AND position <= ? ${filter} ORDER BY position LIMIT ?`,
    );
    inOrder.set(prefixes, made);
    return made;
  };

  const head = (): number => (end.get() as { position: number | null }).position ?? 0;

  /** The position of the last event when the very same append is stored already. */
  function repeated(stream: string, first: number, ids: readonly string[]): number | undefined {
    let position: number | undefined;
    for (const [index, id] of ids.entries()) {
      const row = at.get(stream, first + index) as { id: string; position: number } | undefined;
      if (row?.id !== id) return undefined;
      position = row.position;
    }
    return position;
  }

  function append([stream, expected, ids, types]: AppendArgument, blobs: readonly Uint8Array[]): Reply {
    const actual = (lastRevision.get(stream) as { revision: number } | undefined)?.revision ?? -1;
    const revision = expected + ids.length;
    if (actual !== expected) {
      const position = actual >= revision ? repeated(stream, expected + 1, ids) : undefined;
      const answer: AppendAnswer =
        position === undefined ? { stored: false, actual } : { stored: true, revision, position };
      return { value: answer };
    }
    let position = 0;
    for (const [index, id] of ids.entries())
      position = Number(
        insert.run(stream, expected + 1 + index, id, types[index], blobs[index * 2], blobs[index * 2 + 1])
          .lastInsertRowid,
      );
    return { value: { stored: true, revision, position } satisfies AppendAnswer };
  }

  function readStream([stream, isBackwards, from, limit]: StreamArgument): Reply {
    const rows = Math.min(limit, PAGE_ROWS);
    const { page, blobs, full } = collect((isBackwards ? backwards : forwards).iterate(stream, from, rows), rows);
    const last = page.revisions.at(-1);
    const scanned = last ?? from;
    return { value: { ...page, scanned, end: full ? -1 : scanned } satisfies EventPage, blobs };
  }

  function readLog([after, until, prefixes, limit]: LogArgument): Reply {
    const present = head();
    const stop = Math.min(until ?? present, present, prefixes ? after + SCAN_ROWS : Number.POSITIVE_INFINITY);
    const rows = Math.min(limit, PAGE_ROWS);
    // An empty list of prefixes keeps nothing.
    const found =
      prefixes?.length === 0
        ? []
        : log(prefixes?.length ?? 0).iterate(
            after,
            stop,
            ...(prefixes ?? []).flatMap((prefix) => [prefix.length, prefix]),
            rows,
          );
    const { page, blobs, full } = collect(found, rows);
    const scanned = full ? (page.positions.at(-1) ?? after) : Math.max(after, stop);
    return { value: { ...page, scanned, end: present } satisfies EventPage, blobs };
  }

  return { append, readStream, readLog, head: (): Reply => ({ value: head() }), end: head };
}

function collect(rows: Iterable<unknown>, most: number) {
  const streams: string[] = [];
  const revisions: number[] = [];
  const positions: number[] = [];
  const ids: string[] = [];
  const types: string[] = [];
  const blobs: Uint8Array[] = [];
  let bytes = 0;
  for (const row of rows as Iterable<Row>) {
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
