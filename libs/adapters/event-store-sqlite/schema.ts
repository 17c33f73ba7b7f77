import type { Database, DatabaseKind } from '#sqlite/database.js';

/**
 * One table in the order of the log. Positions never come twice (AUTOINCREMENT), rows are never changed or removed: the
 * triggers hold even a stray hand to that.
 */
export const eventStoreFile: DatabaseKind = {
  what: 'event store',
  applicationId: 0x54_4d_45_56,
  version: 1,
  create(database: Database) {
    database.exec(`
      CREATE TABLE event (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        stream TEXT NOT NULL,
        revision INTEGER NOT NULL,
        id TEXT NOT NULL,
        type TEXT NOT NULL,
        data BLOB NOT NULL,
        metadata BLOB NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX event_by_stream ON event (stream, revision);
      CREATE UNIQUE INDEX event_by_id ON event (id);
      CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
      CREATE TRIGGER event_is_fixed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
    `);
  },
};
