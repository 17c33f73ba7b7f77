import type { Database, DatabaseKind } from '#sqlite/database.js';

/**
 * Laid out so that a commit touches few pages, since pages written are what a durable append costs: streams have numbers
 * (recent streams lie side by side in the index), and random ids have no index: a repeated append is recognised by the
 * revision that it expects, as on EventStoreDB. Positions never come twice (AUTOINCREMENT); rows are never changed or
 * removed: the triggers hold even a stray hand to that.
 */
export const eventStoreFile: DatabaseKind = {
  what: 'event store',
  applicationId: 0x54_4d_45_56,
  version: 1,
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
        metadata BLOB NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX event_by_stream ON event (stream, revision);
      CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
      CREATE TRIGGER event_is_fixed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
      CREATE TRIGGER stream_is_kept BEFORE DELETE ON stream BEGIN SELECT RAISE(ABORT, 'streams are never removed'); END;
      CREATE TRIGGER stream_is_fixed BEFORE UPDATE ON stream BEGIN SELECT RAISE(ABORT, 'streams are never renamed'); END;
    `);
  },
};
