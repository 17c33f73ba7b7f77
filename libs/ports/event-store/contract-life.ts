import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { all, category, type EventStoreRig, ids, newEvent, newEvents } from './contract-rig.js';
import type { EventStore, ExpectedRevision, NewEvent } from './event-store.js';

/** Closing, and any sequence of appends and reads against a simple model. */
export function lifeCases(rig: EventStoreRig): void {
  describe('close', () => {
    it('waits for appends in flight: each is stored or refused, none is in doubt', async () => {
      const place = await rig.place();
      const store = await place.open();
      const kind = category();
      const appends = Array.from({ length: 64 }, (_, index) =>
        store.append(`${kind}-${index}`, 'no-stream', newEvents(1)),
      );
      const outcomes = Promise.allSettled(appends);
      await store.close();
      expect((await outcomes).map((outcome) => outcome.status)).toEqual(appends.map(() => 'fulfilled'));
      const again = await place.open();
      expect(await all(again.readAll({ streamPrefixes: [kind] }))).toHaveLength(64);
    });

    it('refuses every later call as closed', async () => {
      const store = await (await rig.place()).open();
      await store.close();
      const closed = { code: 'closed' };
      await expect(store.append(`${category()}-1`, 'no-stream', newEvents(1))).rejects.toMatchObject(closed);
      await expect(store.head()).rejects.toMatchObject(closed);
      await expect(all(store.readStream('a-1'))).rejects.toMatchObject(closed);
      await expect(all(store.readAll())).rejects.toMatchObject(closed);
      await expect(all(store.subscribe())).rejects.toMatchObject(closed);
    });

    it('ends subscriptions without an error, and may be called twice', async () => {
      const store = await (await rig.place()).open();
      const following = all(store.subscribe({ streamPrefixes: [category()] }));
      await store.head();
      await Promise.all([store.close(), store.close()]);
      expect((await following).filter((delivery) => delivery.kind === 'event')).toEqual([]);
      await store.close();
    });

    it('leaves other instances alone', async () => {
      const place = await rig.place();
      const [store, other] = [await place.open(), await place.open()];
      await store.close();
      const stream = `${category()}-1`;
      await other.append(stream, 'no-stream', newEvents(1));
      expect(await all(other.readStream(stream))).toHaveLength(1);
    });
  });

  describe('any sequence of appends', () => {
    it('ends as a simple model says, read back from a second instance', async () => {
      const place = await rig.place();
      const [store, other] = [await place.open(), await place.open()];
      // A log that tests share may be long: only what comes next is read back.
      const start = await store.head();
      const step = fc.record({
        stream: fc.integer({ min: 0, max: 2 }),
        count: fc.integer({ min: 1, max: 4 }),
        off: fc.oneof(
          { weight: 4, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) },
        ),
        repeat: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const kind = category();
          const model = new Map<string, readonly NewEvent[]>();
          const order: NewEvent[] = [];
          for (const { stream: number, count, off, repeat } of steps) {
            const stream = `${kind}-${number}`;
            const there = model.get(stream) ?? [];
            const expected = asExpected(there.length - 1 + off);
            const events = Array.from({ length: count }, () => newEvent(off, randomUUID()));
            const fits = expected === asExpected(there.length - 1);
            expect(await attempt(store, stream, expected, events)).toEqual(
              fits ? { revision: there.length + count - 1 } : { actual: asExpected(there.length - 1) },
            );
            if (!fits) continue;
            model.set(stream, [...there, ...events]);
            order.push(...events);
            if (repeat)
              expect(await attempt(other, stream, expected, events)).toEqual({ revision: there.length + count - 1 });
          }
          for (const [stream, events] of model) expect(ids(await all(other.readStream(stream)))).toEqual(ids(events));
          const whole = other.readAll({ ...(start !== undefined && { after: start }), streamPrefixes: [kind] });
          expect(ids(await all(whole))).toEqual(ids(order));
        }),
        { numRuns: rig.contract.runs ?? 30 },
      );
    });
  });
}

const asExpected = (revision: number): ExpectedRevision => (revision < 0 ? 'no-stream' : revision);

async function attempt(store: EventStore, stream: string, expected: ExpectedRevision, events: readonly NewEvent[]) {
  try {
    return { revision: (await store.append(stream, expected, events)).revision };
  } catch (error) {
    const { code, actual } = error as { code?: string; actual?: ExpectedRevision };
    if (code !== 'wrong-expected-revision') throw error;
    return { actual };
  }
}
