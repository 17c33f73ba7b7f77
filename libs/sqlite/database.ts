import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { fault, faultOf, SqliteFault } from './fault.js';

export type Database = InstanceType<typeof DatabaseSync>;
export type Statement = ReturnType<Database['prepare']>;

/** What a file must be to be opened as one of ours. */
export interface DatabaseKind {
  /** In words, for messages: `event store`. */
  readonly what: string;
  /** SQLite's application id: tells one kind of file from another, and from any other database. */
  readonly applicationId: number;
  /** Version of the schema, kept in `user_version`. */
  readonly version: number;
  /** Makes version `version` in an empty database; runs inside a transaction. */
  readonly create: (database: Database) => void;
  /** Makes `version` of the version before it; runs inside a transaction. Left out: older files are refused. */
  readonly upgrade?: (database: Database) => void;
}

export interface Place {
  readonly file: string;
  /** How long to wait for another process's lock, in milliseconds. Default 5000. */
  readonly lockTimeout?: number;
  /** Largest size of the main file in pages of 4096 bytes; beyond it the store answers as for a full disk. */
  readonly maxPages?: number;
}

/**
 * Opens or creates a database with the durability that the ports promise: write-ahead log, every commit synced,
 * deleted bytes zeroed, nothing in temporary files. The caller keeps the object referenced for as long as its statements
 * live: once collected, they die with it.
 * @throws SqliteFault
 */
export function openDatabase(place: Place, kind: DatabaseKind): Database {
  let database: Database | undefined;
  try {
    createPrivately(place.file);
    database = new DatabaseSync(place.file, { timeout: place.lockTimeout ?? 5000 });
    refuseForeign(database, kind);
    useWriteAheadLog(database, place.lockTimeout ?? 5000);
    database.exec(`
      PRAGMA synchronous = FULL;
      PRAGMA fullfsync = ON;
      PRAGMA checkpoint_fullfsync = ON;
      PRAGMA secure_delete = ON;
      PRAGMA temp_store = MEMORY;
      PRAGMA trusted_schema = OFF;
      PRAGMA cell_size_check = ON;
      PRAGMA wal_autocheckpoint = 4000;
      PRAGMA journal_size_limit = 67108864;
    `);
    createSchema(database, kind);
    if (place.maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${Math.trunc(place.maxPages)}`);
    return database;
  } catch (error) {
    database?.close();
    const { kind: kindOfFault, message } = error instanceof SqliteFault ? error : faultOf(error);
    throw new SqliteFault(fault(kindOfFault, `${kind.what}: ${message}`));
  }
}

/** SQLite gives its companion files the mode of the main one, so the main one is made first. */
function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'ax', 0o600));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    throw faultOf({ errcode: code === 'ENOSPC' ? 13 : code === 'EROFS' ? 8 : 14 });
  }
}

export const pragma = (database: Database, name: string): unknown =>
  Object.values((database.prepare(`PRAGMA ${name}`).get() as Record<string, unknown> | undefined) ?? {})[0];

function refuseForeign(database: Database, kind: DatabaseKind): 'empty' | 'ours' | 'older' {
  const applicationId = pragma(database, 'application_id');
  const version = Number(pragma(database, 'user_version'));
  const { objects } = database.prepare('SELECT count(*) AS objects FROM sqlite_schema').get() as { objects: number };
  if (applicationId === 0 && version === 0 && objects === 0) return 'empty';
  if (applicationId !== kind.applicationId)
    throw new SqliteFault(fault('foreign', `the file is a database, but no ${kind.what}`));
  if (version > kind.version)
    throw new SqliteFault(
      fault(
        'foreign',
        `the file was written by a newer version (schema ${version}, this programme knows ${kind.version}): update the programme`,
      ),
    );
  if (version === kind.version - 1 && kind.upgrade) return 'older';
  if (version < kind.version)
    throw new SqliteFault(
      fault('foreign', `the file was written by an older version (schema ${version}) that this programme cannot read`),
    );
  return 'ours';
}

/** Changing the journal mode does not wait for locks by itself. */
function useWriteAheadLog(database: Database, patience: number): void {
  const until = Date.now() + patience;
  for (;;) {
    try {
      if (pragma(database, 'journal_mode = WAL') === 'wal') return;
      throw new SqliteFault(fault('no-access', 'the file system cannot keep a write-ahead log'));
    } catch (error) {
      if (error instanceof SqliteFault || faultOf(error).kind !== 'locked' || Date.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

function createSchema(database: Database, kind: DatabaseKind): void {
  if (refuseForeign(database, kind) === 'ours') return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been first.
    const found = refuseForeign(database, kind);
    if (found === 'empty') kind.create(database);
    if (found === 'older') kind.upgrade?.(database);
    if (found !== 'ours')
      database.exec(`PRAGMA application_id = ${kind.applicationId}; PRAGMA user_version = ${kind.version}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
