import type { Tombstone } from '#ports/key-vault/key-vault.js';
import type { Database } from '#sqlite/database.js';
import { fault } from '#sqlite/fault.js';
import type { Reply } from '#sqlite/run.js';
import type { DestroyArgument } from './operations.js';
import { WITHIN } from './statements.js';

/** How long other processes' reads may hold the write-ahead log back, in milliseconds. */
const CHECKPOINT_PATIENCE = 5000;

/** A row whose key is not overwritten yet. */
const WITH_KEY = 'wrapped <> zeroblob(length(wrapped))';

/**
 * Destruction in three steps, each on disk before the next: the tombstones (fence), the wrapped bytes (overwritten where
 * they stand), the write-ahead log (emptied, since it holds older copies of the pages). Rows are added at the end of the
 * table, overwritten at their own length and never deleted, so that none ever moves to another page and leaves a copy
 * behind: the cost does not grow with the vault. Where rows did move, the file is written anew.
 */
export function destruction(database: Database) {
  const living = database.prepare(
    `SELECT cell FROM cell WHERE ${WITHIN} AND NOT EXISTS (SELECT 1 FROM tombstone WHERE tombstone.cell = cell.cell) ORDER BY cell`,
  );
  const bury = database.prepare(
    'INSERT INTO tombstone (cell, destroyed_at, proof) VALUES (?, ?, ?) ON CONFLICT (cell) DO NOTHING',
  );
  const buried = database.prepare('SELECT cell, destroyed_at AS destroyedAt, proof FROM tombstone WHERE cell = ?');
  const overwrite = database.prepare(
    `UPDATE cell SET wrapped = zeroblob(length(wrapped)) WHERE ${WITHIN} AND ${WITH_KEY}`,
  );
  const moves = database.prepare('SELECT count FROM moves');

  function fence([cell, destroyedAt, proof]: DestroyArgument): readonly Tombstone[] {
    const below = (living.all(cell) as { readonly cell: string }[]).map((one) => one.cell);
    const cells = [cell, ...below.filter((one) => one !== cell)];
    for (const one of cells) bury.run(one, destroyedAt, proof);
    return cells.map((one) => ({ ...(buried.get(one) as Tombstone) }));
  }

  function destroy(asked: readonly DestroyArgument[]): Reply {
    let value: readonly (readonly Tombstone[])[] = [];
    inTransaction(database, () => {
      value = asked.map(fence);
    });
    inTransaction(database, () => {
      for (const [cell] of asked) overwrite.run(cell);
    });
    emptyLog(database);
    if ((moves.get() as { count: number }).count > 0) writeAnew(database);
    return { value };
  }

  return { destroy };
}

/** Takes away the rows of dead cells and writes the file anew: no byte of a key that was replaced or destroyed is left. */
export const sweeping = (database: Database) => (): Reply => {
  inTransaction(database, () => {
    database.exec(`
      DELETE FROM cell WHERE cell IN (SELECT cell FROM tombstone) AND NOT (${WITH_KEY});
      UPDATE moves SET count = count + 1;
    `);
  });
  writeAnew(database);
  return {};
};

/**
 * Overwrites every key at its own length, so that none moves, then takes the rows away. The file is not written anew: a shorter
 * one would give blocks back to the disk unseen. Whoever removes it overwrites it whole.
 */
export const discarding = (database: Database) => (): Reply => {
  inTransaction(database, () => database.exec('UPDATE cell SET wrapped = zeroblob(length(wrapped))'));
  emptyLog(database);
  inTransaction(database, () => database.exec('DELETE FROM cell'));
  emptyLog(database);
  return {};
};

/** Writes the file anew and empties the log; moves that another process made meanwhile stay counted. */
function writeAnew(database: Database): void {
  const { count } = database.prepare('SELECT count FROM moves').get() as { count: number };
  database.exec('VACUUM');
  database.prepare('UPDATE moves SET count = 0 WHERE count = ?').run(count);
  emptyLog(database);
}

/** Finishes destructions that were interrupted between the fence and the overwriting. */
export function finishDestructions(database: Database): void {
  const rows = database
    .prepare(
      `SELECT DISTINCT tombstone.cell FROM tombstone JOIN cell
         ON cell.cell = tombstone.cell AND ${WITH_KEY}
       UNION SELECT DISTINCT tombstone.cell FROM tombstone JOIN cell
         ON cell.cell > tombstone.cell || '/' AND cell.cell < tombstone.cell || '0' AND ${WITH_KEY}`,
    )
    .all() as { cell: string }[];
  if (rows.length === 0) return;
  const overwrite = database.prepare(
    `UPDATE cell SET wrapped = zeroblob(length(wrapped)) WHERE ${WITHIN} AND ${WITH_KEY}`,
  );
  inTransaction(database, () => {
    for (const { cell } of rows) overwrite.run(cell);
  });
  writeAnew(database);
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
