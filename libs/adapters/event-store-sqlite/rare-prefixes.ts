import type { Database } from '#sqlite/database.js';
import { damaged } from './checksum.js';
import type { indexChecks } from './index-checks.js';

/** A stretch of the log that is shorter than this is read through, whatever of it is wanted. */
const SHORT = 32_768;
/** Streams, and events, from which on reading the log through is as fast. */
const MANY = 20_000;

/** Names of streams are printable ASCII: whatever begins with the prefix lies before this. */
const behindAll = (prefix: string): string => `${prefix}\x7f`;

interface Kept {
  readonly prefixes: string;
  readonly after: number;
  readonly until: number;
  readonly positions: readonly number[];
}

/**
 * Where the events of few streams lie in a long log, by the indexes of streams and events instead of through all rows: what
 * a start asks of destructions takes as long with a million events as with a thousand.
 */
export function rarePrefixes(database: Database, { endOf, checkEntry }: ReturnType<typeof indexChecks>, short = SHORT) {
  const indexed = database.prepare('SELECT count(*) AS names FROM stream WHERE name >= ? AND name < ?');
  const named = database.prepare('SELECT number FROM stream NOT INDEXED WHERE substr(name, 1, ?) = ?');
  const entries = database.prepare(
    'SELECT stream, revision, position FROM event INDEXED BY event_by_stream WHERE stream = ? ORDER BY revision',
  );
  /** Of a log that only grows: what was too many stays so. */
  const common = new Set<string>();
  let kept: Kept | undefined;

  /** @returns undefined where there are too many */
  function find(prefixes: readonly string[]): number[] | undefined {
    const counted = prefixes.map((prefix) => (indexed.get(prefix, behindAll(prefix)) as { names: number }).names);
    if (counted.reduce((sum, one) => sum + one, 0) >= MANY) return undefined;
    const streams = new Set<number>();
    for (const [index, prefix] of prefixes.entries()) {
      const found = named.all(prefix.length, prefix) as unknown as readonly { number: number }[];
      const numbers = new Set(found.map(({ number }) => number));
      if (numbers.size !== counted[index]) throw damaged('the index of streams is not whole');
      for (const number of numbers) streams.add(number);
    }
    const positions: number[] = [];
    for (const number of streams) {
      const last = endOf(number);
      if (last < 0) throw damaged('the events of a stream are missing');
      if (positions.length + last > MANY) return undefined;
      const own = entries.all(number) as unknown as readonly { revision: number; position: number }[];
      if (own.length !== last + 1 || own.some(({ revision }, index) => revision !== index))
        throw damaged('an event of a stream is missing');
      for (const one of own) {
        checkEntry(one);
        positions.push(one.position);
      }
    }
    return positions.sort((one, other) => one - other);
  }

  return {
    /**
     * Positions behind `after`, in order, of events of streams that begin with one of the prefixes, and up to where they are all.
     * @param until the end of the log, or before it
     * @returns undefined where the log is to be read through instead
     * @throws SqliteFault `damaged`
     */
    behind(prefixes: readonly string[], after: number, until: number) {
      const key = prefixes.join('\n');
      if (until - after < short || prefixes.length === 0 || common.has(key)) return undefined;
      if (kept?.prefixes !== key || after < kept.after || after >= kept.until) {
        const positions = find(prefixes);
        if (positions === undefined) common.add(key);
        kept = positions && { prefixes: key, after, until, positions: positions.filter((one) => one > after) };
      }
      if (!kept) return undefined;
      const { positions, until: known } = kept;
      const most = Math.min(known, until);
      return { positions: positions.filter((one) => one > after && one <= most), until: most };
    },
  };
}
