import { newEvent } from '#ports/event-store/contract-rig.js';
import type { EventStore } from '#ports/event-store/event-store.js';
import { positionOf, sequenceOf } from '#ports/event-store/position.js';
import { serverUrl } from './server-url.js';
import { tidied } from './tidied.js';

const server = tidied(serverUrl());
let store: EventStore;
const stream = `place-${process.pid}-${Date.now()}`;
beforeAll(async () => {
  store = await server.open({ backOff: { first: 20, longest: 100 } });
});
afterAll(async () => {
  await store.close();
  await server.tidy();
});

/** Inside the record of an event that was just stored: no event begins there. */
async function insideOf(expected: 'no-stream' | number) {
  const { position } = await store.append(stream, expected, [newEvent()]);
  return { start: position, inside: positionOf(BigInt(sequenceOf(position) + 7)) };
}

describe('a position of another log', () => {
  it('is told to whoever subscribes from it, with what to do, and not waited at for ever', async () => {
    const { inside } = await insideOf('no-stream');
    await insideOf(0);
    const following = (async () => {
      for await (const _ of store.subscribe({ after: inside, streamPrefixes: [stream] })) break;
    })();
    await expect(following).rejects.toMatchObject({
      code: 'invalid-position',
      message: expect.stringContaining('another log'),
    });
  });

  it('is told to whoever reads from it', async () => {
    const { inside } = await insideOf(1);
    await insideOf(2);
    const reading = (async () => {
      for await (const _ of store.readAll({ after: inside })) break;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'invalid-position' });
  });

  it('is not seen in one of its own', async () => {
    const { start } = await insideOf(3);
    const next = await insideOf(4);
    for await (const one of store.subscribe({ after: start, streamPrefixes: [stream] })) {
      if (one.kind === 'checkpoint') continue;
      expect(one.event.position).toBe(next.start);
      break;
    }
  });
});
