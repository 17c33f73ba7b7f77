import { join } from 'node:path';
import { type OsLock, tryLock } from './os-lock.js';
import { SetupFault } from './setup-fault.js';

const LOCK = 'service.lock';

/**
 * Takes the data folder for one service. The file of the lock stays, the lock goes with the process.
 * @throws SetupFault `already-running` | `data-folder`
 */
export function takeServiceLock(folder: string): OsLock {
  const lock = attempt(folder);
  if (lock) return lock;
  throw new SetupFault(
    'already-running',
    `Another service already runs on the data folder ${folder}. Stop it first (Ctrl-C where it runs), or name another folder with --data.`,
  );
}

/** Whether a service holds the folder now. False where no service ever ran. */
export function isServiceRunning(folder: string): boolean {
  const lock = attempt(folder);
  lock?.release();
  return lock === undefined;
}

function attempt(folder: string): OsLock | undefined {
  try {
    return tryLock(join(folder, LOCK));
  } catch (error) {
    throw new SetupFault(
      'data-folder',
      `Cannot use ${LOCK} in the data folder ${folder}. Is the disk full or read-only?`,
      {
        cause: error,
      },
    );
  }
}
