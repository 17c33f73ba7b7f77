import { join } from 'node:path';
import { lockWithin, type OsLock, tryLock } from './os-lock.js';
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

/** Whoever looks whether a service runs holds the lock for a moment. */
const PATIENCE_MS = 2000;

/**
 * Takes the data folder for one of several processes with parts of the service. A service that does everything is alone.
 * @throws SetupFault `already-running` | `data-folder`
 */
export async function shareServiceLock(folder: string): Promise<OsLock> {
  const lock = await lockWithin(join(folder, LOCK), PATIENCE_MS, 'shared').catch((error: unknown) => {
    throw unusable(folder, error);
  });
  if (lock) return lock;
  throw new SetupFault(
    'already-running',
    `A service that does everything (role all) runs on the data folder ${folder}. Stop it first, or start it as api or worker.`,
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
    throw unusable(folder, error);
  }
}

const unusable = (folder: string, cause: unknown): SetupFault =>
  new SetupFault('data-folder', `Cannot use ${LOCK} in the data folder ${folder}. Is the disk full or read-only?`, {
    cause,
  });
