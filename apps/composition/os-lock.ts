import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';

export interface OsLock {
  release(): void;
}

/** `shared`: several at once, and never together with an exclusive one. */
export type LockMode = 'exclusive' | 'shared';

const TAKE: Readonly<Record<LockMode, string>> = {
  exclusive: 'BEGIN EXCLUSIVE',
  shared: 'BEGIN; SELECT count(*) FROM sqlite_schema',
};

/**
 * Takes a lock on a file (made, mode 0600, and left there). The lock is the operating system's, held through an open SQLite
 * transaction: it goes with the process, whatever ends it, so nothing is ever left to clean up after a kill.
 * @returns undefined when another process, or this one, holds it
 * @throws whatever the file system says when the file cannot be used
 */
export function tryLock(file: string, mode: LockMode = 'exclusive'): OsLock | undefined {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA busy_timeout = 0; ${TAKE[mode]}`);
  } catch (error) {
    database.close();
    if (/locked|busy/i.test(String((error as { message?: unknown })?.message))) return undefined;
    throw error;
  }
  // `database` must stay referenced: once collected, its transaction and the lock are gone.
  return { release: () => database.close() };
}

/** Waits for the lock until `patienceMs` have passed. @returns undefined when somebody still holds it then */
export async function lockWithin(
  file: string,
  patienceMs: number,
  mode: LockMode = 'exclusive',
): Promise<OsLock | undefined> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const lock = tryLock(file, mode);
    if (lock || Date.now() >= until) return lock;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
