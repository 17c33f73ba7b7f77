import { type Database, openDatabase } from '#sqlite/database.js';
import { type Pace, paceOf } from './bench.js';

/** SQLite itself, on the calling thread: one table, one blob a row, the same pragmas as the stores. */
export function rawSqlite(file: string, rowBytes: number) {
  const database: Database = openDatabase(
    { file },
    {
      what: 'raw table of a bench',
      applicationId: 0x54_4d_42_4e,
      version: 1,
      create: (made) => made.exec('CREATE TABLE row (number INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT'),
    },
  );
  const insert = database.prepare('INSERT INTO row (content) VALUES (?)');
  const content = new Uint8Array(rowBytes).fill(0x61);

  return {
    /** Durable transactions of so many rows for so long. @returns rows per second */
    transactions: (rows: number, milliseconds: number): Promise<Pace> =>
      paceOf(() => {
        let written = 0;
        for (const until = performance.now() + milliseconds; performance.now() < until; written += rows) {
          database.exec('BEGIN IMMEDIATE');
          for (let row = 0; row < rows; row += 1) insert.run(content);
          database.exec('COMMIT');
        }
        return written;
      }),
    close: () => database.close(),
  };
}
