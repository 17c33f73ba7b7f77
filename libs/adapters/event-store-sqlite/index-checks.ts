import type { Database, Statement } from '#sqlite/database.js';
import { damaged } from './checksum.js';

/**
 * Rows carry checksums, indexes do not: an entry that a disk changed makes a row look as if it were not there. It keeps its
 * place among its neighbours, so that a search for what it said before ends beside it: entries found, and those beside an
 * end, are compared with the rows that they stand for. A few look-ups, whatever the size of the file.
 */
export function indexChecks(database: Database) {
  const streamNumber = database.prepare('SELECT number FROM stream WHERE name = ?');
  const streamName = database.prepare('SELECT name FROM stream NOT INDEXED WHERE number = ?');
  const nameFrom = database.prepare('SELECT name, number FROM stream WHERE name > ? ORDER BY name LIMIT 2');
  const nameBefore = database.prepare('SELECT name, number FROM stream WHERE name < ? ORDER BY name DESC LIMIT 2');
  const entry = 'SELECT stream, revision, position FROM event INDEXED BY event_by_stream';
  const entryAfter = database.prepare(`${entry} WHERE (stream, revision) > (?, ?) ORDER BY stream, revision LIMIT 1`);
  const entryBefore = database.prepare(
    `${entry} WHERE (stream, revision) < (?, ?) ORDER BY stream DESC, revision DESC LIMIT 1`,
  );
  const rowAt = database.prepare('SELECT stream, revision FROM event NOT INDEXED WHERE position = ?');
  const lastRevision = database.prepare('SELECT revision FROM event WHERE stream = ? ORDER BY revision DESC LIMIT 1');

  interface Entry {
    readonly stream: number;
    readonly revision: number;
    readonly position: number;
  }
  /** Names of streams are printable ASCII. */
  const BEYOND_ALL = '\x7f';
  const BEYOND = { stream: Number.MAX_SAFE_INTEGER, revision: 0 };
  const checkEntry = (found: unknown): void => {
    if (found === undefined) return;
    const { stream, revision, position } = found as Entry;
    const row = rowAt.get(position) as Omit<Entry, 'position'> | undefined;
    if (row?.stream !== stream || row.revision !== revision)
      throw damaged('the index of events is not what was written');
  };

  interface Named {
    readonly name: string;
    readonly number: number;
  }
  /**
   * The names before and after one that is not there; both look each other up, whatever place leads elsewhere. A place that leads
   * to a neighbour's makes that name stand there twice: closely, two are read on each side, each further than the one before.
   */
  const besideOf = (stream: string, closely: boolean): readonly Named[] => {
    const side = (names: Statement) =>
      (closely ? names.all(stream) : [names.get(stream)]) as unknown as readonly (Named | undefined)[];
    const [[after, behind], [before, ahead]] = [side(nameFrom), side(nameBefore)];
    const back = nameBefore.get(after?.name ?? BEYOND_ALL) as Named | undefined;
    const names = [ahead, before, after, behind].flatMap((one) => one?.name ?? []);
    if (back?.name !== before?.name || names.some((name, index) => index > 0 && name <= (names[index - 1] ?? '')))
      throw damaged('the index of streams is not whole');
    return [before, after].filter((one) => one !== undefined);
  };

  /** The last revision of a stream, −1 when there is none. @throws SqliteFault `damaged` */
  const revisionOf = (number: number | undefined): number => {
    if (number === undefined) return -1;
    const last = (lastRevision.get(number) as { revision: number } | undefined)?.revision ?? -1;
    checkEntry(entryAfter.get(number, last));
    if (last < 0) checkEntry(entryBefore.get(number, 0));
    return last;
  };

  return {
    /**
     * The number of a stream, or undefined when there is none.
     * @param closely for readers: 2 µs more where there is none. Whoever appends has mostly read before
     * @throws SqliteFault `damaged`
     */
    numberOf(stream: string, closely = false): number | undefined {
      const number = (streamNumber.get(stream) as { number: number } | undefined)?.number;
      const beside = number === undefined ? besideOf(stream, closely) : [{ name: stream, number }];
      for (const one of beside)
        if ((streamName.get(one.number) as { name: string } | undefined)?.name !== one.name)
          throw damaged('the index of streams is not what was written');
      return number;
    },
    revisionOf,
    /**
     * The same for readers, looked for from both sides: a place of the index that leads to another entry makes the one that
     * belongs there look as if it were not there, and what is found beside it is in order by itself.
     * @throws SqliteFault `damaged`
     */
    endOf(number: number): number {
      const last = revisionOf(number);
      const next = (entryAfter.get(number, last) ?? BEYOND) as Omit<Entry, 'position'>;
      const before = entryBefore.get(next.stream, next.revision) as Entry | undefined;
      // a stream that has a number has events
      if (before?.stream !== number || before.revision !== last) throw damaged('the index of events is not whole');
      return last;
    },
    /** An entry of the index and the row it stands for. @throws SqliteFault `damaged` */
    checkEntry,
  };
}

/** Revisions of a stream and positions of the log follow each other: rows are never removed. @throws SqliteFault `damaged` */
export function refuseGaps(numbers: readonly number[], step: 1 | -1, what: string): void {
  for (let index = 1; index < numbers.length; index += 1)
    if (numbers[index] !== (numbers[index - 1] ?? 0) + step) throw damaged(`an event ${what} is missing`);
}

/**
 * At opening: what was given out last is noted apart, so that an end that is missing shows; both indexes have an entry for
 * each row. One statement, since another process may be writing. Counting takes 10 ms for a million events, 6 ms for 200,000 streams:
 * without a condition SQLite counts whatever is smaller, and the table of streams is smaller than its index.
 * @throws SqliteFault `damaged`
 */
export function refuseLoss(database: Database): void {
  const { position, issued, events, number, names } = database
    .prepare(`SELECT
      (SELECT coalesce(max(position), 0) FROM event) AS position,
      coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0) AS issued,
      (SELECT count(*) FROM event INDEXED BY event_by_stream) AS events,
      (SELECT coalesce(max(number), 0) FROM stream) AS number,
      (SELECT count(*) FROM stream INDEXED BY sqlite_autoindex_stream_1 WHERE name > '') AS names`)
    .get() as Readonly<Record<'position' | 'issued' | 'events' | 'number' | 'names', number>>;
  if (position !== issued) throw damaged('the end of the log is missing');
  if (events !== position || names !== number) throw damaged('an index is not whole');
}
