import type { Database } from '#sqlite/database.js';

/**
 * Which ids the log holds. An index over random ids would have every event of a commit write a page of its own; instead
 * each event leaves a fingerprint in the order of the log (cheap to write, quick to load), and the worker keeps them in
 * memory, some 50 bytes an event. A fingerprint only says where to look: the id there is compared whole, so two ids with
 * one fingerprint, or what a transaction that was undone left behind, never refuse anything.
 */
export function knownIds(database: Database) {
  const end = database.prepare('SELECT max(position) AS position FROM fingerprint');
  const since = database.prepare('SELECT position, fingerprint FROM fingerprint WHERE position > ? ORDER BY position');
  const insert = database.prepare('INSERT INTO fingerprint (position, fingerprint) VALUES (?, ?)');
  const at = database.prepare('SELECT id FROM event WHERE position = ?');
  const positions = new Map<number, number>();
  let loaded = 0;

  return {
    /**
     * At the start of each transaction: takes in what was committed since the last one, by other processes and by this
     * one (whose last transaction may have been undone, and its positions given to others).
     */
    refresh(): void {
      const present = (end.get() as { position: number | null }).position ?? 0;
      if (present > loaded)
        for (const row of since.iterate(loaded) as Iterable<{ position: number; fingerprint: number }>)
          positions.set(row.fingerprint, row.position);
      loaded = present;
    },
    has(id: string): boolean {
      const position = positions.get(fingerprintOf(id));
      return position !== undefined && (at.get(position) as { id: string } | undefined)?.id === id;
    },
    add(id: string, position: number): void {
      const fingerprint = fingerprintOf(id);
      insert.run(position, fingerprint);
      positions.set(fingerprint, position);
    },
  };
}

/** 52 bits, out of the parts of a UUID that no version keeps constant. */
export const fingerprintOf = (id: string): number => Number.parseInt(id.slice(24) + id.slice(7, 8), 16);
