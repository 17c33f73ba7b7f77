import { randomUUID } from 'node:crypto';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import type { EventStore } from '#ports/event-store/event-store.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openSqliteEventStore } from './event-store-sqlite.js';
import { indexChecks, refuseLoss } from './index-checks.js';

const event = (text: string) => ({
  eventId: randomUUID(),
  type: 'Happened',
  data: Buffer.from(JSON.stringify({ text })),
  metadata: Buffer.from('{}'),
});
const DAMAGED = { code: 'unavailable', message: expect.stringContaining('damaged') };

/** A stream that is there is said to be none, and nothing is said of damage. */
function isHidden(find: () => number | undefined): boolean {
  try {
    return find() === undefined;
  } catch {
    return false;
  }
}

async function textsOf(store: EventStore): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { data } of store.readAll()) found.push(JSON.parse(Buffer.from(data).toString('utf8')).text);
  return found;
}

describe('an event store whose file is not what was written', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let file: string;
  let store: EventStore | undefined;
  beforeEach(async () => {
    folder = await temporaryFolder();
    file = folder.file('events.sqlite');
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
    await folder.remove();
  });
  const filled = async (events: number) => {
    const writing = await openSqliteEventStore({ file });
    for (let at = 0; at < events; at += 1)
      await writing.append(`damage-${at}`, 'no-stream', [event(`said ${at} ${'x'.repeat(3000)}`)]);
    await writing.close();
  };
  /** Turns one bit over, right behind a text that is in the file. */
  const flipBehind = async (text: string) => {
    const bytes = await readFile(file);
    const at = bytes.indexOf(text) + text.length;
    expect(at).toBeGreaterThan(text.length);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    await writeFile(file, bytes);
  };

  it('says so at opening when most of it is rubbish', async () => {
    await filled(40);
    const handle = await open(file, 'r+');
    const { size } = await stat(file);
    await handle.write(Buffer.alloc(size - 12_288, 0x5a), 0, size - 12_288, 12_288);
    await handle.close();
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject(DAMAGED);
  });

  it('says so when one bit of one event is another, to every reader of it, and gives the others', async () => {
    await filled(3);
    await flipBehind('said 1 xxx');
    store = await openSqliteEventStore({ file });
    const damaged = store;
    await expect(textsOf(damaged)).rejects.toMatchObject(DAMAGED);
    const following = (async () => {
      for await (const delivery of damaged.subscribe()) if (delivery.kind === 'checkpoint') break;
    })();
    await expect(following).rejects.toMatchObject(DAMAGED);
    for await (const { revision } of damaged.readStream('damage-2')) expect(revision).toBe(0);
  });

  it('says so when a stream’s name is another, in the table or in its index: the stream is not taken for one that is not there', async () => {
    await filled(3);
    const whole = await readFile(file);
    const places: number[] = [];
    for (let at = whole.indexOf('damage-1'); at >= 0; at = whole.indexOf('damage-1', at + 1)) places.push(at);
    expect(places).toHaveLength(2);
    for (const place of places) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt8(bytes.readUInt8(place + 7) ^ 8, place + 7);
      await writeFile(file, bytes);
      const one = await openSqliteEventStore({ file });
      await expect(one.append('damage-1', 'no-stream', [event('again')])).rejects.toMatchObject(DAMAGED);
      await expect(one.readStream('damage-1')[Symbol.asyncIterator]().next()).rejects.toMatchObject(DAMAGED);
      await one.close();
    }
  });

  it('says so when any bit of the places of the index of names is another: no stream is hidden', async () => {
    await filled(8);
    const names = Array.from({ length: 8 }, (_, at) => `damage-${at}`);
    const look = <T>(work: (database: InstanceType<typeof DatabaseSync>) => T): T => {
      const database = new DatabaseSync(file);
      try {
        return work(database);
      } finally {
        database.close();
      }
    };
    const page = look((database) => {
      const root = "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_stream_1'";
      const { rootpage } = database.prepare(root).get() as { rootpage: number };
      const { page_size: size } = database.prepare('PRAGMA page_size').get() as { page_size: number };
      return (rootpage - 1) * size;
    });
    const whole = await readFile(file);
    const handle = await open(file, 'r+');
    const hidden: string[] = [];
    // the page's own header, then a place of two bytes for each entry
    for (let bit = 0; bit < (8 + 2 * names.length) * 8; bit += 1) {
      const [at, was] = [page + (bit >> 3), whole.readUInt8(page + (bit >> 3))];
      await handle.write(Uint8Array.of(was ^ (1 << (bit & 7))), 0, 1, at);
      try {
        look((database) => {
          refuseLoss(database);
          const { numberOf } = indexChecks(database);
          for (const name of names) if (isHidden(() => numberOf(name, true))) hidden.push(`${bit} ${name}`);
        });
      } catch {
        // said at opening
      }
      await handle.write(Uint8Array.of(was), 0, 1, at);
    }
    await handle.close();
    expect(hidden).toEqual([]);
  });

  it('says so at opening when the end of the log is missing', async () => {
    await filled(3);
    const hand = new DatabaseSync(file);
    hand.exec('DROP TRIGGER event_is_kept; DELETE FROM event WHERE position = 3');
    hand.close();
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject(DAMAGED);
  });

  it('says so at opening when an event in the middle is missing', async () => {
    await filled(3);
    const hand = new DatabaseSync(file);
    hand.exec('DROP TRIGGER event_is_kept; DELETE FROM event WHERE position = 2');
    hand.close();
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject(DAMAGED);
  });

  it('takes a file from before there were checksums, and watches over it from then on', async () => {
    await filled(2);
    const hand = new DatabaseSync(file);
    hand.exec('ALTER TABLE event DROP COLUMN checksum; PRAGMA user_version = 1');
    hand.close();
    store = await openSqliteEventStore({ file });
    expect(await textsOf(store)).toHaveLength(2);
    await store.append('damage-0', 0, [event('later')]);
    expect(await textsOf(store)).toHaveLength(3);
    await store.close();
    await flipBehind('said 0 xxx');
    store = await openSqliteEventStore({ file });
    await expect(textsOf(store)).rejects.toMatchObject(DAMAGED);
  });
});
