import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openSqliteEventStore } from './event-store-sqlite.js';

const FRAME = 4096 + 24;
/** Fifty pages each. */
const EVENTS = 240;

describe('the write-ahead log of the event store', () => {
  it('stays short under steady load, is folded back meanwhile, and is gone with its folder’s other companions after closing', async () => {
    const folder = await temporaryFolder();
    const file = folder.file('events.sqlite');
    const store = await openSqliteEventStore({ file });
    let [longest, stored] = [0, 0];
    /** Of the events, so many at the most are not in the file yet. A thread that gets no processor is given more time. */
    const isFolded = async () => (await stat(file)).size > (stored - 90) * 200_000;
    for (; stored < EVENTS || (stored < 3 * EVENTS && !(await isFolded())); stored += 1) {
      const data = Buffer.alloc(200_000, 0x61);
      await store.append(`steady-${stored}`, 'no-stream', [
        { eventId: randomUUID(), type: 'Happened', data, metadata: Buffer.from('{}') },
      ]);
      longest = Math.max(longest, (await stat(`${file}-wal`)).size);
    }
    expect(longest).toBeLessThan(8000 * FRAME);
    // folded back before closing
    expect(await isFolded()).toBe(true);
    await store.close();
    expect(await readdir(folder.path)).toEqual(['events.sqlite']);
    const again = await openSqliteEventStore({ file });
    let found = 0;
    for await (const { data } of again.readAll()) found += data.byteLength === 200_000 ? 1 : 0;
    expect(found).toBe(stored);
    await again.close();
    await folder.remove();
  });
});
