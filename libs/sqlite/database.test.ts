import { readdir, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { type Database, type DatabaseKind, openDatabase, pragma } from './database.js';
import { temporaryFolder } from './temporary-folder.js';

const kind: DatabaseKind = {
  what: 'test store',
  applicationId: 77,
  version: 3,
  create: (database) => database.exec('CREATE TABLE thing (name TEXT)'),
};

describe('a database file', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let opened: Database[] = [];
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    for (const database of opened) database.close();
    opened = [];
    await folder.remove();
  });
  const open = (name = 'file.sqlite', as: DatabaseKind = kind) => {
    const database = openDatabase({ file: folder.file(name), lockTimeout: 200 }, as);
    opened.push(database);
    return database;
  };
  const opening = (name?: string, as?: DatabaseKind): string => {
    try {
      open(name, as);
      return 'opened';
    } catch (error) {
      const { kind: of, message } = error as { kind?: string; message: string };
      return `${of}: ${message}`;
    }
  };

  it('is made for its owner alone, and so are its companions', async () => {
    open().exec("INSERT INTO thing VALUES ('x')");
    const files = (await readdir(folder.path)).sort();
    expect(files).toEqual(['file.sqlite', 'file.sqlite-shm', 'file.sqlite-wal']);
    for (const file of files) expect((await stat(folder.file(file))).mode & 0o777).toBe(0o600);
  });

  it('is durable at every commit and leaves no deleted bytes', () => {
    const database = open();
    expect(pragma(database, 'journal_mode')).toBe('wal');
    expect(pragma(database, 'synchronous')).toBe(2);
    expect(pragma(database, 'secure_delete')).toBe(1);
    expect(pragma(database, 'temp_store')).toBe(2);
  });

  it('may be opened twice at once, and again', () => {
    open().exec("INSERT INTO thing VALUES ('x')");
    expect(open().prepare('SELECT name FROM thing').all()).toEqual([{ name: 'x' }]);
  });

  it('of a newer version is refused in words, and left as it is', () => {
    open('file.sqlite', { ...kind, version: 4 });
    expect(opening()).toMatch(/foreign: test store: .*newer version \(schema 4, this programme knows 3\).*update/);
    expect(opening('file.sqlite', { ...kind, version: 4 })).toBe('opened');
  });

  it('of another kind is refused, and left as it is', () => {
    const other = new DatabaseSync(folder.file('file.sqlite'));
    opened.push(other);
    other.exec('CREATE TABLE mine (x)');
    expect(opening()).toMatch(/foreign: test store: .*no test store/);
    expect(pragma(other, 'journal_mode')).toBe('delete');
    expect(opening('second.sqlite', { ...kind, applicationId: 78 })).toBe('opened');
    expect(opening('second.sqlite')).toMatch(/^foreign/);
  });

  it('that is no database, or is cut short, is refused as damaged', async () => {
    await writeFile(
      folder.file('file.sqlite'),
      'this is not a database, and has not been one for a long time '.repeat(50),
    );
    expect(opening()).toMatch(/damaged: test store: .*restore a backup/);
  });

  it('where nothing can be made is refused with what to check', async () => {
    await writeFile(folder.file('plain'), '');
    expect(opening('no-such-folder/file.sqlite')).toMatch(/no-access: test store: .*check the folder/);
    expect(opening('plain/file.sqlite')).toMatch(/no-access/);
  });
});
