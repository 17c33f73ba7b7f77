import type { Database, DatabaseKind } from '#sqlite/database.js';
import { checksumOf, type Row } from './checksum.js';

/**
 * Laid out so that a commit touches few pages, since pages written are what a durable append costs: streams have numbers
 * (recent streams lie side by side in the index), and random ids have no index: a repeated append is recognised by the
 * revision that it expects, as on EventStoreDB. Positions never come twice (AUTOINCREMENT); rows are never changed or
 * removed: the triggers hold even a stray hand to that.
 */
const FIXED = `CREATE TRIGGER event_is_fixed BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;`;

export const eventStoreFile: DatabaseKind = {
  what: 'event store',
  applicationId: 0x54_4d_45_56,
  version: 2,
  create(database: Database) {
    database.exec(`
      CREATE TABLE stream (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE TABLE event (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        stream INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        id TEXT NOT NULL,
        type TEXT NOT NULL,
        data BLOB NOT NULL,
        metadata BLOB NOT NULL,
        checksum INTEGER NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX event_by_stream ON event (stream, revision);
      CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
      ${FIXED}
      CREATE TRIGGER stream_is_kept BEFORE DELETE ON stream BEGIN SELECT RAISE(ABORT, 'streams are never removed'); END;
      CREATE TRIGGER stream_is_fixed BEFORE UPDATE ON stream BEGIN SELECT RAISE(ABORT, 'streams are never renamed'); END;
    `);
  },
  /** Version 1 had no checksums: what is there now is taken for what was written. */
  upgrade(database: Database) {
    database.exec('DROP TRIGGER event_is_fixed; ALTER TABLE event ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0');
    const rows = database.prepare(`SELECT position, name AS stream, revision, id, type, data, metadata
      FROM event CROSS JOIN stream ON stream.number = event.stream WHERE position > ? ORDER BY position LIMIT 1000`);
    const write = database.prepare('UPDATE event SET checksum = ? WHERE position = ?');
    for (let after = 0; ; ) {
      const some = rows.all(after) as unknown as readonly Row[];
      for (const row of some) write.run(checksumOf(row), row.position);
      const last = some.at(-1);
      if (last === undefined) break;
      after = last.position;
    }
    database.exec(FIXED);
  },
};
