import { nextToken, SWEPT_AFTER_MS } from '#ports/view-store/check-lease.js';
import type { Lease } from '#ports/view-store/view-store.js';
import type { Database, Statement } from '#sqlite/database.js';
import type { Reply } from '#sqlite/run.js';
import type { ReleaseLeaseArgument, TakeLeaseArgument } from './operations.js';

interface Row {
  readonly name: string;
  readonly owner: string;
  readonly token: number;
  /** Epoch milliseconds of this machine's clock: all processes on one file share it. */
  readonly until: number;
  readonly note: string;
}

/** Also in files that were made before there were leases. */
export function addLeases(database: Database): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS lease (
      name TEXT PRIMARY KEY,
      owner TEXT NOT NULL,
      token INTEGER NOT NULL,
      until INTEGER NOT NULL,
      note TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
  `);
}

export const tokenOf = (statement: (sql: string) => Statement, lease: string): number | undefined =>
  (statement('SELECT token FROM lease WHERE name = ?').get(lease) as Pick<Row, 'token'> | undefined)?.token;

export function leaseStatements(statement: (sql: string) => Statement) {
  return {
    takeLease([name, owner, forMs, seize, note]: TakeLeaseArgument): Reply {
      const now = Date.now();
      const before = statement('SELECT * FROM lease WHERE name = ?').get(name) as Row | undefined;
      const held = before !== undefined && before.until > now;
      if (held && before.owner !== owner && !seize) return { value: { done: undefined } };
      const token = held && before.owner === owner ? before.token : nextToken(before?.token, now);
      statement('INSERT OR REPLACE INTO lease (name, owner, token, until, note) VALUES (?, ?, ?, ?, ?)').run(
        name,
        owner,
        token,
        now + forMs,
        note,
      );
      if (token !== before?.token) statement('DELETE FROM lease WHERE until < ?').run(now - SWEPT_AFTER_MS);
      return { value: { done: { name, owner, token, note, leftMs: forMs } satisfies Lease } };
    },

    releaseLease([name, token]: ReleaseLeaseArgument): Reply {
      statement('UPDATE lease SET until = 0 WHERE name = ? AND token = ?').run(name, token);
      return { value: { done: undefined } };
    },
  };
}

export function leaseQueries(statement: (sql: string) => Statement) {
  return {
    leases(prefix: string): Reply {
      const now = Date.now();
      const rows = statement('SELECT * FROM lease WHERE until > ? ORDER BY name').all(now) as unknown as Row[];
      const done = rows
        .filter(({ name }) => name.startsWith(prefix))
        .map(({ until, ...lease }): Lease => ({ ...lease, leftMs: until - now }));
      return { value: { done } };
    },
  };
}
