import { category, newEvents } from '#ports/event-store/contract-rig.js';
import { serverUrl } from './server-url.js';
import { tidied } from './tidied.js';

const real = Date.now;
afterEach(() => {
  Date.now = real;
});

describe('EventStoreDB and a machine whose clock is not its own', () => {
  it.each([-600_000, 600_000])('stores what is appended, %d ms apart', async (apart) => {
    const { open, tidy } = tidied(serverUrl());
    Date.now = () => real() + apart;
    const store = await open();
    try {
      expect(await store.append(`${category()}-1`, 'no-stream', newEvents(2))).toMatchObject({ revision: 1 });
    } finally {
      await store.close();
      await tidy();
    }
  });
});
