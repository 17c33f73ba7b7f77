import type { Database, DatabaseKind } from '#sqlite/database.js';

/**
 * A register of views. Each view has a number, and its collections are tables named after that number: putting a rebuilt
 * view in the place of the live one is a change of one row.
 */
export const viewStoreFile: DatabaseKind = {
  what: 'view store',
  applicationId: 0x54_4d_56_53,
  version: 1,
  create(database: Database) {
    database.exec(`
      CREATE TABLE view (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        checkpoint TEXT,
        UNIQUE (name, version)
      ) STRICT;
      CREATE TABLE collection (
        view INTEGER NOT NULL,
        name TEXT NOT NULL,
        columns TEXT NOT NULL,
        PRIMARY KEY (view, name)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE gone (
        view INTEGER NOT NULL,
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        position TEXT NOT NULL,
        PRIMARY KEY (view, collection, id)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
