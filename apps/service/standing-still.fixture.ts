import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';

const FILES = ['events.sqlite', 'views.sqlite', 'vault.sqlite'];
/** For others, who are through with a file sooner or later. */
const PATIENCE_MS = 2000;

/**
 * Has a process stand still as a machine that is suspended does, at a moment at which it works on no file of its folder: with
 * one that stops amid a transaction nobody else could go on.
 */
export async function standStill(pid: number, data: string): Promise<void> {
  for (;;) {
    process.kill(pid, 'SIGSTOP');
    if (FILES.every((name) => isFree(join(data, name)))) return;
    process.kill(pid, 'SIGCONT');
    await sleep(20);
  }
}

/** Nobody writes it, folds its log or reads old pages of it. */
function isFree(file: string): boolean {
  if (!existsSync(file)) return true;
  const database = new DatabaseSync(file, { timeout: PATIENCE_MS });
  try {
    const answer = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { readonly busy: unknown };
    return Number(answer.busy) === 0;
  } finally {
    database.close();
  }
}
