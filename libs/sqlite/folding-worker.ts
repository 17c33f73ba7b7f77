import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Database } from './database.js';
import type { ToFolder } from './folding-thread.js';

/** Without prepared statements: one that lives keeps its connection open after it was closed. */
const open = new Map<number, Database>();

function opened(file: string): Database {
  const url = pathToFileURL(file);
  // a file that somebody took away is not made again
  url.search = '?mode=rw';
  const database = new DatabaseSync(url.href);
  database.exec('PRAGMA synchronous = FULL; PRAGMA checkpoint_fullfsync = ON');
  return database;
}

function leave(of: number): void {
  try {
    open.get(of)?.close();
  } finally {
    open.delete(of);
  }
}

/** PASSIVE: waits for nobody, and nobody waits for it. */
function fold(of: number, file: string): void {
  try {
    const database = open.get(of) ?? opened(file);
    open.set(of, database);
    database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch {
    // The log is longer then, and whoever writes it folds it back himself, and hears of the fault himself.
  }
}

parentPort?.on('message', (message: ToFolder) => {
  if (message.kind === 'fold') fold(message.of, message.file);
  else if (message.kind === 'leave') {
    leave(message.of);
    parentPort?.postMessage(message.of);
  } else parentPort?.close();
});
