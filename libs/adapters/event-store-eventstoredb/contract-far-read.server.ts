import { all, category, ids, newEvent, newEvents } from '#ports/event-store/contract-rig.js';
import type { EventStore } from '#ports/event-store/event-store.js';
import { serverUrl } from './server-url.js';
import { tidied } from './tidied.js';

const server = tidied(serverUrl());
const OTHERS = 390;
const EACH = 40;
let store: EventStore;
beforeAll(async () => {
  store = await server.open({ near: 256 * 1024 });
}, 30_000);
afterAll(async () => {
  await store.close();
  await server.tidy();
}, 60_000);

describe('events of rare streams in a long log', () => {
  it('are all given, in their order and once, wherever they lie', async () => {
    const [rare, other] = [category(), category()];
    const before = await store.head();
    const wanted = [newEvent(), newEvent(), newEvent(), newEvent(), newEvent()] as const;
    await store.append(`${rare}-1`, 'no-stream', [wanted[0]]);
    const fill = async (part: number) => {
      for (let at = 0; at < OTHERS / 3; at += 10)
        await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            store.append(`${other}-${part}x${at + index}`, 'no-stream', newEvents(EACH)),
          ),
        );
    };
    await fill(1);
    await store.append(`${rare}-2`, 'no-stream', [wanted[1], wanted[2]]);
    await fill(2);
    await store.append(`${rare}-1`, 0, [wanted[3]]);
    await fill(3);
    await store.append(`${rare}-3`, 'no-stream', [wanted[4]]);
    const streamPrefixes = [`${rare}-`];
    const found = async (more: object = {}) => ids(await all(store.readAll({ streamPrefixes, ...more })));

    const after = before === undefined ? {} : { after: before };
    expect(await found(after)).toEqual(ids(wanted));
    expect(await found({ ...after, limit: 2 })).toEqual(ids(wanted.slice(0, 2)));
    const third = (await all(store.readAll({ streamPrefixes, ...after })))[2];
    expect(await found({ after: third?.position })).toEqual(ids(wanted.slice(3)));
    expect(await found({ after: await store.head() })).toEqual([]);
  }, 60_000);
});
