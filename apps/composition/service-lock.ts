import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { SetupFault } from './setup-fault.js';

const LOCK = 'service.lock';

export interface ServiceLock {
  release(): void;
}

/**
 * Takes the data folder for one service. The lock is the operating system's, held through an open SQLite transaction: it
 * goes with the process, whatever ends it, so nothing is ever left to clean up after a kill. The file itself stays.
 * @throws SetupFault `already-running` | `data-folder`
 */
export function takeServiceLock(folder: string): ServiceLock {
  const database = openLock(folder);
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw unusable(folder, error);
    throw new SetupFault(
      'already-running',
      `Another service already runs on the data folder ${folder}. Stop it first (Ctrl-C where it runs), or name another folder with --data.`,
    );
  }
  // `database` must stay referenced: once collected, its transaction and the lock are gone.
  return { release: () => database.close() };
}

/** Whether a service holds the folder now. False where no service ever ran. */
export function isServiceRunning(folder: string): boolean {
  const database = openLock(folder);
  try {
    database.exec('BEGIN EXCLUSIVE');
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw unusable(folder, error);
  } finally {
    database.close();
  }
}

function openLock(folder: string): InstanceType<typeof DatabaseSync> {
  const file = join(folder, LOCK);
  try {
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    const database = new DatabaseSync(file);
    database.exec('PRAGMA busy_timeout = 0');
    return database;
  } catch (error) {
    throw unusable(folder, error);
  }
}

const isBusy = (error: unknown): boolean => /locked|busy/i.test(String((error as { message?: unknown })?.message));
const unusable = (folder: string, error: unknown) =>
  new SetupFault('data-folder', `Cannot use ${LOCK} in the data folder ${folder}. Is the disk full or read-only?`, {
    cause: error,
  });
