import { existsSync, readdirSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { type Database, type DatabaseKind, openDatabase } from './database.js';
import { foldingAfterCommits } from './fold.js';
import { folder } from './folding-thread.js';
import { temporaryFolder } from './temporary-folder.js';

const kind: DatabaseKind = {
  what: 'test store',
  applicationId: 77,
  version: 1,
  create: (database) => database.exec('CREATE TABLE thing (number INTEGER PRIMARY KEY, what BLOB)'),
};
const PAGE = 4096;

/** Pages in the log, and how many of them are in the file. */
const logOf = (database: Database) => {
  const { log, checkpointed } = database.prepare('PRAGMA wal_checkpoint(NOOP)').get() as Record<string, unknown>;
  return { log: Number(log), folded: Number(checkpointed) };
};
/** One commit of about so many pages. */
const write = (database: Database, pages: number) =>
  database.prepare('INSERT INTO thing (what) VALUES (zeroblob(?))').run(pages * PAGE);

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}

describe('a write-ahead log', () => {
  let place: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: Database;
  beforeEach(async () => {
    place = await temporaryFolder();
    database = openDatabase({ file: place.file('a.sqlite') }, kind);
  });
  afterEach(async () => {
    database.close();
    await place.remove();
  });
  /** Folded back by another connection, but for so many pages that come meanwhile. */
  const foldedBut = (pages: number) => {
    const [reader, other] = [new DatabaseSync(place.file('a.sqlite')), new DatabaseSync(place.file('a.sqlite'))];
    reader.exec('BEGIN; SELECT count(*) FROM thing');
    write(database, pages);
    other.exec('PRAGMA wal_checkpoint(PASSIVE)');
    reader.close();
    other.close();
  };

  it('is asked to be folded once when it is long; the few pages that came meanwhile are folded between two commits, and it begins again', () => {
    let asked = 0;
    const look = foldingAfterCommits(database, () => {
      asked += 1;
    });
    for (let commits = 0; commits < 30; commits += 1) {
      write(database, 100);
      look();
    }
    expect(asked).toBe(1);
    expect(logOf(database).folded).toBe(0);
    foldedBut(100);
    look();
    const { log, folded } = logOf(database);
    expect(folded).toBe(log);
    write(database, 100);
    look();
    expect(logOf(database).log).toBeLessThan(150);
    expect(asked).toBe(1);
  });

  it('is folded again beside when much came meanwhile', () => {
    let asked = 0;
    const look = foldingAfterCommits(database, () => {
      asked += 1;
    });
    write(database, 2600);
    look();
    foldedBut(700);
    look();
    look();
    expect(asked).toBe(2);
  });

  it('is bounded when nobody does what is asked, and when somebody reads old pages it goes on without harm', () => {
    const look = foldingAfterCommits(database, () => undefined);
    for (let commits = 0; commits < 100; commits += 1) {
      write(database, 100);
      look();
    }
    expect(statSync(place.file('a.sqlite-wal')).size).toBeLessThan(4200 * (PAGE + 24));
    const reader = new DatabaseSync(place.file('a.sqlite'));
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM thing').get();
    for (let commits = 0; commits < 50; commits += 1) {
      write(database, 100);
      look();
    }
    expect((database.prepare('SELECT count(*) AS n FROM thing').get() as { n: number }).n).toBe(150);
    reader.exec('COMMIT');
    reader.close();
    write(database, 1);
    write(database, 1);
    expect(logOf(database).log).toBeLessThan(10);
  });
});

describe('the thread that folds logs', () => {
  let place: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    place = await temporaryFolder();
  });
  afterEach(() => place.remove());
  /** Without prepared statements, so that closing closes. */
  const written = (name: string) => {
    const database = new DatabaseSync(place.file(name));
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
      CREATE TABLE thing (what BLOB); INSERT INTO thing VALUES (zeroblob(${50 * PAGE}))`);
    return database;
  };
  const folded = (name: string) => until(() => statSync(place.file(name)).size >= 50 * PAGE);

  it('folds all that it is asked for; it has nothing open any more of who has left, and is gone with the last', async () => {
    const threads = () => (existsSync('/proc/self/task') ? readdirSync('/proc/self/task').length : 0);
    const before = threads();
    const databases = [written('a.sqlite'), written('b.sqlite')];
    const folders = [folder(), folder()];
    folders[0]?.fold(place.file('a.sqlite'));
    folders[1]?.fold(place.file('b.sqlite'));
    await folded('a.sqlite');
    await folded('b.sqlite');
    for (const [at, name] of ['a.sqlite', 'b.sqlite'].entries()) {
      await folders[at]?.leave();
      databases[at]?.close();
      expect((await readdir(place.path)).filter((one) => one.startsWith(name))).toEqual([name]);
    }
    await until(() => threads() <= before);
  });

  it('makes no file anew that was taken away; one that cannot be folded holds up no other', async () => {
    const [gone, there] = [folder(), folder()];
    gone.fold(place.file('gone.sqlite'));
    const database = written('a.sqlite');
    there.fold(place.file('a.sqlite'));
    await folded('a.sqlite');
    expect(await readdir(place.path)).not.toContain('gone.sqlite');
    await gone.leave();
    await there.leave();
    await there.leave();
    database.close();
  });
});
