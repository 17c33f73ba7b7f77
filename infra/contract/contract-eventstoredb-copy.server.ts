import { randomUUID } from 'node:crypto';
import { serverUrl } from '#adapters/event-store-eventstoredb/server-url.js';
import { tidied } from '#adapters/event-store-eventstoredb/tidied.js';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { copyEvents } from '#application/copy/copy-events.js';
import { newEvents } from '#ports/event-store/contract-rig.js';
import { type EventStore, EventStoreError, type ExpectedRevision } from '#ports/event-store/event-store.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';

describe('a log copied from a file to EventStoreDB and back', () => {
  const kind = `c${randomUUID().replaceAll('-', '')}`;
  const place = tidied(serverUrl());
  let server: EventStore;
  beforeAll(async () => {
    server = await place.open();
  });
  afterAll(async () => {
    await server?.close();
    await place.tidy();
  });

  /** The server's log as if it held nothing but this test's streams. */
  const target = (): EventStore => ({
    ...server,
    readAll: (options) => server.readAll({ ...options, streamPrefixes: [`${kind}-`] }),
  });

  it('has the same digest on all three, cut in the middle on the way there', async () => {
    const folder = await temporaryFolder();
    const from = await openSqliteEventStore({ file: folder.file('from.sqlite') });
    const back = await openSqliteEventStore({ file: folder.file('back.sqlite') });
    try {
      const at = new Map<string, ExpectedRevision>();
      for (let round = 0; round < 120; round += 1) {
        const stream = `${kind}-${round % 7}`;
        const { revision } = await from.append(stream, at.get(stream) ?? 'no-stream', newEvents(1 + (round % 5)));
        at.set(stream, revision);
      }
      let left = 50;
      const cut: EventStore = {
        ...target(),
        append: async (...given) => {
          left -= 1;
          if (left < 0) throw new EventStoreError('unavailable', 'cut');
          return server.append(...given);
        },
      };
      await expect(copyEvents({ from, to: cut })).rejects.toMatchObject({ code: 'unavailable' });
      const there = await copyEvents({ from, to: target() });
      expect(there.copied).toBeGreaterThan(0);
      expect(there.copied).toBeLessThan(there.events);
      const home = await copyEvents({ from: target(), to: back });
      expect(home).toEqual({ ...there, copied: there.events });
    } finally {
      await Promise.all([from.close(), back.close()]);
      await folder.remove();
    }
  }, 120_000);
});
