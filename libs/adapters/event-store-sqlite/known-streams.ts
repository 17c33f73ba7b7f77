import type { Database } from '#sqlite/database.js';

/** A stream as it is now. */
export interface Known {
  readonly number: number;
  readonly revision: number;
}

const MOST = 10_000;

/**
 * Where the streams are that this connection wrote, so that nobody has to ask the indexes for what he wrote himself: an
 * append is then one statement. True inside of transactions that write, while no other connection wrote in between and
 * every transaction ended as it should; otherwise all is forgotten.
 */
export function knownStreams(database: Database) {
  /** Counts the commits of other connections. */
  const dataVersion = database.prepare('PRAGMA data_version');
  const streams = new Map<string, Known>();
  let version: unknown;
  let ended = false;
  return {
    find: (stream: string): Known | undefined => streams.get(stream),
    note(stream: string, known: Known): void {
      if (streams.size >= MOST) streams.clear();
      streams.set(stream, known);
    },
    /** Right after the beginning of a transaction that writes: nobody else writes until it ends. */
    begun(): void {
      const now = (dataVersion.get() as { data_version: unknown }).data_version;
      if (!ended || now !== version) streams.clear();
      version = now;
      ended = false;
    },
    committed(): void {
      ended = true;
    },
  };
}
