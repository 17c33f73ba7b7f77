import type { Database } from '#sqlite/database.js';
import { damaged } from './checksum.js';

/** A stretch of the log that is shorter than this is read through, whatever of it is wanted. */
const SHORT = 32_768;
/** Streams, and events, from which on reading the log through is as fast, and holds up an append less. */
const MANY_STREAMS = 20_000;
const MANY_EVENTS = 50_000;

/** Names of streams are printable ASCII: whatever begins with the prefix lies before this. */
const behindAll = (prefix: string): string => `${prefix}\x7f`;

const NAMED = '(SELECT number FROM stream NOT INDEXED WHERE substr(name, 1, ?) = ?)';
const BY_STREAM = 'INDEXED BY event_by_stream';

/**
 * Streams whose names begin with a prefix, each with its entries in the index of events, all of which are compared with their
 * rows, and the end of each, which is looked for from both sides (as `indexChecks` does for one): a stream and a revision
 * make one number of 64 bits there. One statement, because asking for each by itself takes five times as long.
 */
const FIND = `
  WITH own AS MATERIALIZED (
    SELECT named.number AS number, count(*) AS events, min(entry.revision) AS first, max(entry.revision) AS last,
      sum(entry.revision) AS revisions,
      total(row.stream IS NOT entry.stream OR row.revision IS NOT entry.revision) AS lies,
      json_group_array(entry.position) FILTER (WHERE row.type NOT IN (SELECT value FROM json_each(?))) AS wanted
    FROM ${NAMED} AS named
      CROSS JOIN event AS entry ${BY_STREAM} ON entry.stream = named.number
      LEFT JOIN event AS row NOT INDEXED ON row.position = entry.position
    GROUP BY named.number
  ), behind AS MATERIALIZED (
    SELECT own.*, (
      SELECT position FROM event ${BY_STREAM} WHERE (stream, revision) > (number, last) ORDER BY stream, revision LIMIT 1
    ) AS next_position, (
      SELECT stream << 32 | revision FROM event ${BY_STREAM} WHERE (stream, revision) > (number, last)
      ORDER BY stream, revision LIMIT 1
    ) AS next FROM own
  )
  SELECT number, events, first, last, revisions, lies, wanted, next IS NULL OR EXISTS (
    SELECT 1 FROM event NOT INDEXED WHERE position = next_position AND stream << 32 | revision = next
  ) AS next_is_true, (
    SELECT stream << 32 | revision FROM event ${BY_STREAM}
    WHERE (stream, revision) < (coalesce(next >> 32, 1 << 30), coalesce(next & 4294967295, 0))
    ORDER BY stream DESC, revision DESC LIMIT 1
  ) = (number << 32 | last) AS ends FROM behind`;

interface Found {
  readonly number: number;
  readonly events: number;
  readonly first: number;
  readonly last: number;
  readonly revisions: number;
  readonly lies: number;
  /** Positions, as JSON. */
  readonly wanted: string;
  readonly next_is_true: number;
  readonly ends: number;
}

interface Kept {
  readonly asked: string;
  readonly after: number;
  readonly until: number;
  readonly positions: readonly number[];
}

/**
 * Where the events of few streams lie in a long log, by the indexes of streams and events instead of through all rows: what a
 * start asks of destructions takes little longer with a million events than with a thousand.
 */
export function rarePrefixes(database: Database, short = SHORT) {
  const indexed = database.prepare('SELECT count(*) AS names FROM stream WHERE name >= ? AND name < ?');
  const counting = database.prepare(`SELECT count(*) AS events FROM (
    SELECT 1 FROM ${NAMED} AS named CROSS JOIN event ${BY_STREAM} ON event.stream = named.number LIMIT ?)`);
  const finding = database.prepare(FIND);
  /** Of a log that only grows: what was too many stays so. */
  const common = new Set<string>();
  let kept: Kept | undefined;

  /** @returns undefined where there are too many */
  function find(prefixes: readonly string[], without: readonly string[]): number[] | undefined {
    const different = [...new Set(prefixes)];
    const names = different.map((prefix) => (indexed.get(prefix, behindAll(prefix)) as { names: number }).names);
    if (names.reduce((sum, one) => sum + one, 0) >= MANY_STREAMS) return undefined;
    let left = MANY_EVENTS;
    for (const prefix of different) {
      left -= (counting.get(prefix.length, prefix, left) as { events: number }).events;
      if (left <= 0) return undefined;
    }
    const positions = new Set<number>();
    for (const [index, prefix] of different.entries()) {
      const found = finding.all(JSON.stringify(without), prefix.length, prefix) as unknown as readonly Found[];
      // a stream that has a number has events
      if (found.length !== names[index]) throw damaged('the index of streams or of events is not whole');
      for (const one of found) {
        refuseLies(one);
        if (one.wanted !== '[]') for (const position of JSON.parse(one.wanted) as number[]) positions.add(position);
      }
    }
    return [...positions].sort((one, other) => one - other);
  }

  return {
    /**
     * Positions behind `after`, in order, of events of streams that begin with one of the prefixes, and up to where they are all.
     * @param until the end of the log, or before it
     * @param without events of these types are left out; any other type, a damaged one too, is not
     * @returns undefined where the log is to be read through instead
     * @throws SqliteFault `damaged`
     */
    behind(prefixes: readonly string[], after: number, until: number, without: readonly string[] = []) {
      const asked = [...prefixes, '', ...without].join('\n');
      if (until - after < short || prefixes.length === 0 || common.has(asked)) return undefined;
      if (kept?.asked !== asked || after < kept.after || after >= kept.until) {
        const positions = find(prefixes, without);
        if (positions === undefined) common.add(asked);
        kept = positions && { asked, after, until, positions: positions.filter((one) => one > after) };
      }
      if (!kept) return undefined;
      const { positions, until: known } = kept;
      const most = Math.min(known, until);
      return { positions: positions.filter((one) => one > after && one <= most), until: most };
    },
  };
}

/** @throws SqliteFault `damaged` */
function refuseLies({ events, first, last, revisions, lies, next_is_true, ends }: Found): void {
  if (first !== 0 || events !== last + 1 || revisions * 2 !== last * (last + 1))
    throw damaged('an event of a stream is missing');
  if (lies > 0 || next_is_true !== 1) throw damaged('the index of events is not what was written');
  if (ends !== 1) throw damaged('the index of events is not whole');
}
