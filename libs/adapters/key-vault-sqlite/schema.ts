import type { Database, DatabaseKind } from '#sqlite/database.js';

/**
 * The oldest epoch that keys may still be stored under. Added to files of the first version when they are opened: the
 * trigger binds also a programme that does not know of it.
 */
export function addFirstEpoch(database: Database): void {
  const there = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'epoch_is_not_over'").get();
  if (there !== undefined) return;
  database.exec(`
    CREATE TABLE IF NOT EXISTS first_epoch (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      epoch INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER IF NOT EXISTS epoch_is_not_over BEFORE INSERT ON cell
      WHEN NEW.epoch < (SELECT epoch FROM first_epoch)
      BEGIN SELECT RAISE(ABORT, 'the epoch of the root key is over'); END;
  `);
}

/**
 * How often rows may have moved from page to page since the file was last written anew: 0 says never, so that no copy of a
 * key is anywhere but in its row. Files of the first version, in which rows were deleted, begin with 1.
 */
export function addMoves(database: Database): void {
  const there = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'moves'").get();
  if (there !== undefined) return;
  database.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS moves (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      count INTEGER NOT NULL
    ) STRICT;
    INSERT OR IGNORE INTO moves SELECT 1, EXISTS (SELECT 1 FROM tombstone);
    COMMIT;
  `);
}

/** What the vault says of itself. Added to files of the first version when they are opened. */
export function addNotes(database: Database): void {
  const there = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'note'").get();
  if (there !== undefined) return;
  database.exec('CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT');
}

/** Tombstones are never removed or changed. */
export const keyVaultFile: DatabaseKind = {
  what: 'key vault',
  applicationId: 0x54_4d_4b_56,
  version: 1,
  create(database: Database) {
    database.exec(`
      CREATE TABLE cell (
        cell TEXT PRIMARY KEY,
        epoch INTEGER NOT NULL,
        wrapped BLOB NOT NULL
      ) STRICT;
      CREATE INDEX cell_by_epoch ON cell (epoch, cell);
      CREATE TABLE tombstone (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        cell TEXT NOT NULL UNIQUE,
        destroyed_at TEXT NOT NULL,
        proof TEXT NOT NULL
      ) STRICT;
      CREATE TRIGGER tombstone_is_kept BEFORE DELETE ON tombstone
        BEGIN SELECT RAISE(ABORT, 'tombstones are never removed'); END;
      CREATE TRIGGER tombstone_is_fixed BEFORE UPDATE ON tombstone
        BEGIN SELECT RAISE(ABORT, 'tombstones are never changed'); END;
      CREATE TRIGGER tombstone_is_passed_by_nobody BEFORE INSERT ON cell
        WHEN EXISTS (SELECT 1 FROM tombstone WHERE tombstone.cell = NEW.cell)
        BEGIN SELECT RAISE(ABORT, 'the cell was destroyed'); END;
    `);
  },
};
