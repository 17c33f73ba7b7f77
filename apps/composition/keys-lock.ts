import { join } from 'node:path';
import type { Configuration } from './configuration.js';
import { lockWithin } from './os-lock.js';
import { SetupFault } from './setup-fault.js';

const PATIENCE = 10_000;

/**
 * Works on the keys as a whole, one at a time over all processes: rotation, backup, restore, export, import.
 * @throws SetupFault `keys-busy` when another process does already
 */
export async function withKeysLock<T>(config: Pick<Configuration, 'data'>, work: () => Promise<T>): Promise<T> {
  const lock = await lockWithin(join(config.data, 'keys.lock'), PATIENCE).catch((error: unknown) => {
    throw new SetupFault('data-folder', `Cannot use keys.lock in the data folder ${config.data}.`, { cause: error });
  });
  if (!lock)
    throw new SetupFault(
      'keys-busy',
      'Another process rotates the root key, makes a backup or restores one. Repeat when it is through.',
    );
  try {
    return await work();
  } finally {
    lock.release();
  }
}
