import type { Database } from '#sqlite/database.js';
import { damaged } from './checksum.js';

/**
 * Rows carry checksums, indexes do not: an entry that a disk changed makes a row look as if it were not there. It keeps its
 * place among its neighbours, so that a search for what it said before ends beside it: entries found, and those beside an
 * end, are compared with the rows that they stand for. A few look-ups, whatever the size of the file.
 */
export function indexChecks(database: Database) {
  const streamNumber = database.prepare('SELECT number FROM stream WHERE name = ?');
  const streamName = database.prepare('SELECT name FROM stream NOT INDEXED WHERE number = ?');
  const namesBeside =
    database.prepare(`SELECT * FROM (SELECT name, number FROM stream WHERE name > ? ORDER BY name LIMIT 1)
    UNION ALL SELECT * FROM (SELECT name, number FROM stream WHERE name < ? ORDER BY name DESC LIMIT 1)`);
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
  const checkEntry = (found: unknown): void => {
    if (found === undefined) return;
    const { stream, revision, position } = found as Entry;
    const row = rowAt.get(position) as Omit<Entry, 'position'> | undefined;
    if (row?.stream !== stream || row.revision !== revision)
      throw damaged('the index of events is not what was written');
  };

  return {
    /** The number of a stream, or undefined when there is none. @throws SqliteFault `damaged` */
    numberOf(stream: string): number | undefined {
      const number = (streamNumber.get(stream) as { number: number } | undefined)?.number;
      const said = number === undefined ? namesBeside.all(stream, stream) : [{ name: stream, number }];
      for (const one of said as readonly { name: string; number: number }[])
        if ((streamName.get(one.number) as { name: string } | undefined)?.name !== one.name)
          throw damaged('the index of streams is not what was written');
      return number;
    },
    /** The last revision of a stream, −1 when there is none. @throws SqliteFault `damaged` */
    revisionOf(number: number | undefined): number {
      if (number === undefined) return -1;
      const last = (lastRevision.get(number) as { revision: number } | undefined)?.revision ?? -1;
      checkEntry(entryAfter.get(number, last));
      if (last < 0) checkEntry(entryBefore.get(number, 0));
      return last;
    },
  };
}

/** Revisions of a stream and positions of the log follow each other: rows are never removed. @throws SqliteFault `damaged` */
export function refuseGaps(numbers: readonly number[], step: 1 | -1, what: string): void {
  for (let index = 1; index < numbers.length; index += 1)
    if (numbers[index] !== (numbers[index - 1] ?? 0) + step) throw damaged(`an event ${what} is missing`);
}
