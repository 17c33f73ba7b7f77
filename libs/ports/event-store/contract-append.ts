import { randomUUID } from 'node:crypto';
import {
  all,
  appendEach,
  category,
  type EventStoreRig,
  ids,
  insist,
  newEvent,
  newEvents,
  revisions,
} from './contract-rig.js';
import { MAX_APPEND_BYTES, type NewEvent } from './event-store.js';

/** Exact revisions, conflicts, repeats, and what is refused. */
export function appendCases(rig: EventStoreRig): void {
  describe('append', () => {
    it('numbers the events of a stream from 0 without gaps', async () => {
      const store = await rig.store();
      const stream = `${category()}-1`;
      expect((await store.append(stream, 'no-stream', newEvents(3))).revision).toBe(2);
      expect((await store.append(stream, 2, newEvents(2))).revision).toBe(4);
      expect(revisions(await all(store.readStream(stream)))).toEqual([0, 1, 2, 3, 4]);
    });

    it('answers the position of the last event, which grows with every append', async () => {
      const store = await rig.store();
      const kind = category();
      const first = await store.append(`${kind}-1`, 'no-stream', newEvents(2));
      const second = await store.append(`${kind}-2`, 'no-stream', newEvents(1));
      expect(second.position > first.position).toBe(true);
      const events = await all(store.readAll({ streamPrefixes: [kind] }));
      expect(events.map((event) => event.position).slice(1)).toEqual([first.position, second.position]);
    });

    it.each([
      ['no-stream', 3],
      [0, 3],
      [1, 3],
      [3, 3],
      [99, 3],
      [0, 0],
      [7, 0],
    ] as const)(
      'refuses expected revision %s on a stream of %d events, and says where it is',
      async (expected, length) => {
        const store = await rig.store();
        const stream = `${category()}-1`;
        if (length > 0) await store.append(stream, 'no-stream', newEvents(length));
        await expect(store.append(stream, expected, newEvents(1))).rejects.toMatchObject({
          code: 'wrong-expected-revision',
          actual: length === 0 ? 'no-stream' : length - 1,
        });
        expect(await all(store.readStream(stream))).toHaveLength(length);
      },
    );

    it('answers a repeated append as the first time, and stores nothing twice', async () => {
      const store = await rig.store();
      const stream = `${category()}-1`;
      const [first, second] = [newEvents(2), newEvents(1)];
      const answers = [await store.append(stream, 'no-stream', first), await store.append(stream, 1, second)];
      await store.append(stream, 2, newEvents(1));
      expect(await store.append(stream, 'no-stream', first)).toEqual(answers[0]);
      expect(await store.append(stream, 1, second)).toEqual(answers[1]);
      expect(revisions(await all(store.readStream(stream)))).toEqual([0, 1, 2, 3]);
    });

    it('recognises a repeat by its ids alone, and keeps the first bytes', async () => {
      const store = await rig.store();
      const stream = `${category()}-1`;
      const event = newEvent('first');
      const answer = await store.append(stream, 'no-stream', [event]);
      expect(await store.append(stream, 'no-stream', [newEvent('second', event.eventId)])).toEqual(answer);
      expect((await all(store.readStream(stream)))[0]?.data).toEqual(event.data);
    });

    it('recognises a repeat after the log was closed and opened again', async () => {
      const place = await rig.place();
      const stream = `${category()}-1`;
      const events = newEvents(3);
      const before = await place.open();
      const answer = await before.append(stream, 'no-stream', events);
      await before.append(stream, 2, newEvents(1));
      await before.close();
      const after = await place.open();
      expect(await after.append(stream, 'no-stream', events)).toEqual(answer);
      expect(await all(after.readStream(stream))).toHaveLength(4);
    });

    it('takes an append that repeats only in part for a conflict', async () => {
      const store = await rig.store();
      const stream = `${category()}-1`;
      const [first, second] = newEvents(2) as [NewEvent, NewEvent];
      await store.append(stream, 'no-stream', [first, second]);
      for (const events of [
        [first, newEvent()],
        [second, first],
        [first, second, newEvent()],
      ])
        await expect(store.append(stream, 'no-stream', events)).rejects.toMatchObject({
          code: 'wrong-expected-revision',
        });
      expect(ids(await all(store.readStream(stream)))).toEqual(ids([first, second]));
    });

    it.each([
      ['no events', 'ok-1', []],
      ['an id that is no UUID', 'ok-1', [newEvent(0, 'nonsense')]],
      ['an upper-case id', 'ok-1', [newEvent(0, randomUUID().toUpperCase())]],
      [
        'the same id twice',
        'ok-1',
        [newEvent(0, '0b0f7f3e-5d0c-4b5e-8a3f-1f2e3d4c5b6a'), newEvent(1, '0b0f7f3e-5d0c-4b5e-8a3f-1f2e3d4c5b6a')],
      ],
      ['a stream without a category', '-1', newEvents(1)],
      ['a stream name with a space', 'member-a b', newEvents(1)],
      ['a stream name with a NUL', 'member-a\0b', newEvents(1)],
      ['an empty stream name', '', newEvents(1)],
      ['a type that is no word', 'ok-1', [{ ...newEvent(), type: 'not a type' }]],
    ])('refuses %s', async (_, stream, events) => {
      const store = await rig.store();
      await expect(store.append(stream, 'no-stream', events)).rejects.toMatchObject({ code: 'invalid-append' });
    });

    it('refuses more bytes than every engine takes, and takes a large append just below', async () => {
      const store = await rig.store();
      const stream = `${category()}-1`;
      const large = (bytes: number): NewEvent => ({ ...newEvent(), data: new Uint8Array(bytes).fill(0x20) });
      await expect(store.append(stream, 'no-stream', [large(MAX_APPEND_BYTES)])).rejects.toMatchObject({
        code: 'too-large',
      });
      const kept = large(MAX_APPEND_BYTES - 1000);
      await store.append(stream, 'no-stream', [kept]);
      const [read] = await all(store.readStream(stream));
      expect(Buffer.compare(read?.data ?? new Uint8Array(), kept.data)).toBe(0);
    });

    it('stores all the events of an append or none', async () => {
      const store = await rig.store();
      const stream = `${category()}-1`;
      await store.append(stream, 'no-stream', newEvents(1));
      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => store.append(stream, 0, newEvents(5))));
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      expect(await all(store.readStream(stream))).toHaveLength(6);
    });

    it('never lets the conflict of one append fail others that wait with it', async () => {
      const store = await rig.store();
      const kind = category();
      await store.append(`${kind}-0`, 'no-stream', newEvents(1));
      const outcomes = await Promise.allSettled(
        Array.from({ length: 40 }, (_, index) =>
          store.append(`${kind}-${index % 2 ? 0 : index + 1}`, 'no-stream', newEvents(1)),
        ),
      );
      expect(outcomes.map((outcome) => outcome.status)).toEqual(
        outcomes.map((_, index) => (index % 2 ? 'rejected' : 'fulfilled')),
      );
    });

    it('loses nothing and starves nobody when 64 writers share one stream', async () => {
      const mostTries = rig.contract.mostTries ?? 64 * 2;
      const store = await rig.store();
      const stream = `${category()}-1`;
      const written = Array.from({ length: 64 }, () => newEvents(3));
      await Promise.all(
        written.map(async (events) => {
          for (const event of events) expect(await insist(store, stream, event)).toBeLessThanOrEqual(mostTries);
        }),
      );
      const stored = await all(store.readStream(stream));
      expect(revisions(stored)).toEqual(stored.map((_, index) => index));
      expect([...ids(stored)].sort()).toEqual([...ids(written.flat())].sort());
      for (const events of written) {
        const order = events.map((event) => ids(stored).indexOf(event.eventId));
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }
    });

    it('lets two instances write one stream: one of two equal claims wins, nothing is lost', async () => {
      const place = await rig.place();
      const stores = [await place.open(), await place.open()];
      const stream = `${category()}-1`;
      const outcomes = await Promise.allSettled(stores.map((store) => store.append(stream, 'no-stream', newEvents(1))));
      expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
      const events = newEvents(40);
      await Promise.all(
        stores.map(async (store, index) => {
          for (const event of events.filter((_, at) => at % 2 === index)) await insist(store, stream, event);
        }),
      );
      for (const store of stores) expect(await all(store.readStream(stream))).toHaveLength(41);
    });

    it('keeps a long stream in order', async () => {
      const store = await rig.store();
      const stream = `${category()}-1`;
      const events = newEvents(30);
      await appendEach(store, stream, events);
      expect(ids(await all(store.readStream(stream)))).toEqual(ids(events));
    });
  });
}
