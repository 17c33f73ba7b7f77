import { existsSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';

/** Whether another connection, of any process, has the database open now. False where there is none. */
export function isDatabaseInUse(file: string): boolean {
  if (!existsSync(file)) return false;
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // in exclusive mode a write-ahead log is opened only by who is alone
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch (error) {
    if (/locked|busy/i.test(String((error as { message?: unknown }).message))) return true;
    // not a database, or a damaged one: nobody works with it
    return false;
  } finally {
    database.close();
  }
}
