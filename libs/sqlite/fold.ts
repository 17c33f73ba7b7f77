import type { Database } from './database.js';

/** So many pages in the log, and it is folded back beside the writing. */
const ENOUGH = 2500;
/** So many pages of it are folded back between two commits without anybody noticing. */
const FEW = 500;

interface Log {
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Keeps the write-ahead log short without holding up a commit. Most of it is copied by another connection while this one
 * goes on writing (`ask`); the few pages that came meanwhile are copied here, between two commits, so that the next one
 * begins the log again. Where nobody does what is asked, SQLite does it all in a commit, at `wal_autocheckpoint`.
 * @returns to be called after commits; asks the log in 2 µs (SQLite from 3.51: an older one would take NOOP for PASSIVE)
 */
export function foldingAfterCommits(database: Database, ask: () => void): () => void {
  const state = database.prepare('PRAGMA wal_checkpoint(NOOP)');
  const rest = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  /** How far it was folded when that was asked for; of this turn of the log. */
  let askedAt: number | undefined;
  let triedAt = 0;

  function look(): void {
    const { log, checkpointed } = state.get() as unknown as Log;
    if (log < ENOUGH) {
      askedAt = undefined;
      triedAt = 0;
    } else if (log - checkpointed > FEW) {
      // not again before something came of it
      if (askedAt !== undefined && checkpointed <= askedAt) return;
      askedAt = checkpointed;
      ask();
    } else if (checkpointed < log && log - triedAt > FEW) {
      // a reader of old pages may hold it up
      triedAt = log;
      rest.get();
    }
  }

  return () => {
    try {
      look();
    } catch {
      // whoever writes next hears of the fault himself
    }
  };
}
