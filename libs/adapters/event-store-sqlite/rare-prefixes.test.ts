import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { type Database, openDatabase } from '#sqlite/database.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openSqliteEventStore } from './event-store-sqlite.js';
import { rarePrefixes } from './rare-prefixes.js';
import { eventStoreFile } from './schema.js';
import { eventStatements } from './statements.js';

const NOTHING = Buffer.from('{}');
const event = () => ({ eventId: randomUUID(), type: 'Happened', data: NOTHING, metadata: NOTHING });

describe('events of few streams in a long log', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: Database | undefined;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    if (database?.isOpen) database.close();
    await folder.remove();
  });
  const open = (file: string) => {
    const opened = openDatabase({ file }, eventStoreFile);
    database = opened;
    eventStatements(opened);
    return { database: opened, rare: (short = 0) => rarePrefixes(opened, short) };
  };
  /** Four streams in a row: three of sessions, one of custody; of two events each, the second one later. */
  const fill = (opened: Database, rows: number) => {
    const { append, transactions } = eventStatements(opened);
    transactions.begun();
    for (const revision of [0, 1])
      for (let row = 0; row < rows; row += 1) {
        const stream = `${row % 4 === 0 ? 'custody' : 'session'}-${(row * 7919) % rows}`;
        append([stream, revision - 1, [randomUUID()], [revision === 0 ? 'Happened' : 'Later']], [NOTHING, NOTHING]);
      }
  };
  const wanted = (rows: number) =>
    Array.from({ length: rows * 2 }, (_, index) => index + 1).filter((position) => ((position - 1) % rows) % 4 === 0);

  it('are found by the indexes where reading the log finds them, page by page, and what comes later too', () => {
    const { database: opened, rare } = open(folder.file('events.sqlite'));
    fill(opened, 40);
    const { behind } = rare();
    expect(behind(['custody-'], 0, 80)).toEqual({ positions: wanted(40), until: 80 });
    expect(behind(['custody-', 'none-', 'custody-'], 0, 80)?.positions).toEqual(wanted(40));
    expect(behind(['custody-'], 41, 80)?.positions).toEqual(wanted(40).filter((position) => position > 41));
    expect(behind(['custody-'], 0, 50)).toEqual({ positions: wanted(40).filter((one) => one <= 50), until: 50 });
    expect(behind(['none-'], 0, 80)).toEqual({ positions: [], until: 80 });
    expect(behind(['custody-'], 0, 80, ['Later'])?.positions).toEqual(wanted(40).filter((one) => one <= 40));
    expect(behind(['custody-'], 0, 80, ['Happened', 'Later'])).toEqual({ positions: [], until: 80 });
    expect(behind(['custody-'], 0, 80)?.positions).toEqual(wanted(40));
    const { append, transactions } = eventStatements(opened);
    transactions.begun();
    append(['custody-new', -1, [randomUUID()], ['Happened']], [NOTHING, NOTHING]);
    expect(behind(['custody-'], 80, 81)).toEqual({ positions: [81], until: 81 });
  });

  it('are looked for by reading in a short log, and where nothing or too much is wanted', () => {
    const { database: opened, rare } = open(folder.file('events.sqlite'));
    fill(opened, 40);
    expect(rare(81).behind(['custody-'], 0, 80)).toBeUndefined();
    expect(rare().behind([], 0, 80)).toBeUndefined();
  });

  it('are the same through the store, over the border between short and long', async () => {
    const store = await openSqliteEventStore({ file: folder.file('events.sqlite') });
    const appended: string[] = [];
    for (let block = 0; block < 70; block += 1) {
      await store.append(`session-${block}`, 'no-stream', Array.from({ length: 500 }, event));
      for (let one = 0; one < 10; one += 1) {
        const { position } = await store.append(`custody-${block}-${one}`, 'no-stream', [event()]);
        appended.push(position);
      }
    }
    const read = async (options: Parameters<typeof store.readAll>[0]) => {
      const found: string[] = [];
      for await (const { position } of store.readAll({ streamPrefixes: ['custody-'], ...options }))
        found.push(position);
      return found;
    };
    expect(await read({})).toEqual(appended);
    expect(await read({ limit: 300 })).toEqual(appended.slice(0, 300));
    expect([await read({ withoutTypes: ['Happened'] }), await read({ withoutTypes: ['Other'] })]).toEqual([
      [],
      appended,
    ]);
    const [, , , third = ''] = appended;
    expect(await read({ after: third as never })).toEqual(appended.slice(4));
    await store.close();
  });

  it('are never fewer than there are: a bit turned over in the file is said, or harmless', async () => {
    const file = folder.file('events.sqlite');
    const { database: opened } = open(file);
    fill(opened, 200);
    opened.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    opened.close();
    const whole = await readFile(file);
    let said = 0;
    // every page, a bit of every 61st byte: rows, both indexes and the schema
    for (let at = 100; at < whole.length; at += 61) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at);
      await writeFile(file, bytes);
      try {
        const { rare } = open(file);
        expect(rare().behind(['custody-'], 0, 400)).toEqual({ positions: wanted(200), until: 400 });
      } catch (error) {
        if ((error as { matcherResult?: unknown }).matcherResult !== undefined) throw error;
        said += 1;
      }
      if (database?.isOpen) database.close();
    }
    expect(said).toBeGreaterThan(0);
  });
});
