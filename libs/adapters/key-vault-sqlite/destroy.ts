import { readFileSync } from 'node:fs';
import type { Tombstone } from '#ports/key-vault/key-vault.js';
import type { Database } from '#sqlite/database.js';
import { fault } from '#sqlite/fault.js';
import type { Reply } from '#sqlite/run.js';
import type { DestroyArgument } from './operations.js';
import { WITHIN } from './statements.js';

/** Up to this many keys are looked for in the file one by one; more are worth a file written anew. */
const SEARCHED_ONE_BY_ONE = 16;
/** How long other processes' reads may hold the write-ahead log back, in milliseconds. */
const CHECKPOINT_PATIENCE = 5000;

interface Destroyed {
  readonly cell: string;
  readonly wrapped: Uint8Array;
}

/**
 * Destruction in three steps, each on disk before the next: the tombstones (fence), the wrapped bytes (overwritten, then
 * deleted), the write-ahead log (emptied, since it holds older copies of the pages). Then the file itself is looked
 * through: SQLite may leave a copy of a row on a page that was once split.
 */
export function destruction(database: Database, file: string) {
  const living = database.prepare(`SELECT cell, wrapped FROM cell WHERE ${WITHIN} ORDER BY cell`);
  const bury = database.prepare(
    'INSERT INTO tombstone (cell, destroyed_at, proof) VALUES (?, ?, ?) ON CONFLICT (cell) DO NOTHING',
  );
  const buried = database.prepare('SELECT cell, destroyed_at AS destroyedAt, proof FROM tombstone WHERE cell = ?');
  const overwrite = database.prepare(`UPDATE cell SET wrapped = zeroblob(length(wrapped)) WHERE ${WITHIN}`);
  const remove = database.prepare(`DELETE FROM cell WHERE ${WITHIN}`);

  function destroy([cell, destroyedAt, proof]: DestroyArgument): Reply {
    let keys: readonly Destroyed[] = [];
    let tombstones: readonly Tombstone[] = [];
    inTransaction(database, () => {
      keys = living.all(cell) as Destroyed[];
      const cells = [cell, ...keys.map((one) => one.cell).filter((one) => one !== cell)];
      for (const one of cells) bury.run(one, destroyedAt, proof);
      tombstones = cells.map((one) => buried.get(one) as Tombstone);
    });
    inTransaction(database, () => {
      overwrite.run(cell);
      remove.run(cell);
    });
    emptyLog(database);
    sweepFile(database, file, keys);
    return {
      value: tombstones.map(({ cell: one, destroyedAt: at, proof: why }) => ({
        cell: one,
        destroyedAt: at,
        proof: why,
      })),
    };
  }

  return { destroy };
}

/** Writes the file anew and empties the log: no byte of a key that was replaced or destroyed is left in either. */
export const sweeping = (database: Database) => (): Reply => {
  database.exec('VACUUM');
  emptyLog(database);
  return {};
};

/** Finishes destructions that were interrupted between the fence and the overwriting. */
export function finishDestructions(database: Database): void {
  const rows = database
    .prepare(
      `SELECT DISTINCT tombstone.cell FROM tombstone JOIN cell
         ON cell.cell = tombstone.cell
       UNION SELECT DISTINCT tombstone.cell FROM tombstone JOIN cell
         ON cell.cell > tombstone.cell || '/' AND cell.cell < tombstone.cell || '0'`,
    )
    .all() as { cell: string }[];
  if (rows.length === 0) return;
  const overwrite = database.prepare(`UPDATE cell SET wrapped = zeroblob(length(wrapped)) WHERE ${WITHIN}`);
  const remove = database.prepare(`DELETE FROM cell WHERE ${WITHIN}`);
  inTransaction(database, () => {
    for (const { cell } of rows) {
      overwrite.run(cell);
      remove.run(cell);
    }
  });
  database.exec('VACUUM');
  emptyLog(database);
}

function inTransaction(database: Database, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Moves the log's pages into the file and cuts it to nothing, as soon as nobody reads from it. */
function emptyLog(database: Database): void {
  const checkpoint = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
  const until = Date.now() + CHECKPOINT_PATIENCE;
  while ((checkpoint.get() as { busy: number }).busy !== 0) {
    if (Date.now() > until)
      throw fault('locked', 'another process keeps old pages of the vault in use: destroy it again, or sweep again');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

function sweepFile(database: Database, file: string, keys: readonly Destroyed[]): void {
  if (keys.length === 0) return;
  if (keys.length <= SEARCHED_ONE_BY_ONE) {
    const bytes = readFileSync(file);
    if (!keys.some(({ wrapped }) => wrapped.byteLength > 0 && bytes.includes(Buffer.from(wrapped)))) return;
  }
  database.exec('VACUUM');
  emptyLog(database);
}
