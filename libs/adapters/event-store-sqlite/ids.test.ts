import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '#sqlite/database.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { fingerprintOf, knownIds } from './ids.js';
import { eventStoreFile } from './schema.js';

describe('the ids that the log holds', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let databases: Database[] = [];
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    for (const database of databases) database.close();
    databases = [];
    await folder.remove();
  });
  const opened = () => {
    const database = openDatabase({ file: folder.file('events.sqlite') }, eventStoreFile);
    databases.push(database);
    const ids = knownIds(database);
    const insert = database.prepare(
      "INSERT INTO event (stream, revision, id, type, data, metadata) VALUES (?, 0, ?, 'X', x'', x'')",
    );
    return {
      database,
      ids,
      write(...wanted: readonly string[]) {
        for (const id of wanted) ids.add(id, Number(insert.run(Math.floor(Math.random() * 1e12), id).lastInsertRowid));
      },
      transaction(work: () => void, end: 'COMMIT' | 'ROLLBACK' = 'COMMIT') {
        database.exec('BEGIN IMMEDIATE');
        ids.refresh();
        work();
        database.exec(end);
      },
    };
  };

  it('forget a transaction that was undone, and take in what others put at its positions', () => {
    const [one, other] = [opened(), opened()];
    const [undone, kept, foreign] = [randomUUID(), randomUUID(), randomUUID()];
    one.transaction(() => one.write(undone, kept), 'ROLLBACK');
    other.transaction(() => other.write(foreign, kept));
    one.transaction(() => {
      expect([undone, kept, foreign].map(one.ids.has)).toEqual([false, true, true]);
      one.write(undone);
      expect(one.ids.has(undone)).toBe(true);
    });
  });

  it('are never mistaken for others with the same fingerprint', () => {
    const one = opened();
    const [first, second] = ['0b0f7f3e-5d0c-4b5e-8a3f-1f2e3d4c5b6a', '1c1f7f3e-5d0c-4b5e-8a3f-1f2e3d4c5b6a'] as const;
    expect(fingerprintOf(first)).toBe(fingerprintOf(second));
    one.transaction(() => {
      one.write(first);
      expect([first, second].map(one.ids.has)).toEqual([true, false]);
    });
  });
});
