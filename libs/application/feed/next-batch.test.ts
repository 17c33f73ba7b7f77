import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import type { Position } from '#ports/event-store/event-store.js';
import { membersView } from '#views/members.js';
import type { CloudEvent } from './cloud-event.js';
import { MOST_BYTES, MOST_EVENTS, nextBatch } from './next-batch.js';
import type { SubscriberFeed } from './subscriber-feed.js';

const START = '00000000000000000000' as Position;
const bytesOf = (events: readonly CloudEvent[]) => Buffer.byteLength(JSON.stringify(events));

/** A log of events with so many bytes each; 0: not for the subscriber. */
async function logOf(sizes: readonly number[]) {
  const eventStore = memoryEventStore();
  const viewStore = memoryViewStore();
  await viewStore.prepare(membersView.schema);
  const data = (size: number) => Buffer.from(JSON.stringify({ size }));
  for (let at = 0; at < sizes.length; at += 500) {
    const some = sizes.slice(at, at + 500);
    const events = some.map((size) => ({
      eventId: randomUUID(),
      type: 'Happened',
      data: data(size),
      metadata: Buffer.from('{}'),
    }));
    await eventStore.append(`thing-${at}`, 'no-stream', events);
  }
  const feed: SubscriberFeed = {
    streamPrefixes: ['thing-'],
    eventOf(stored) {
      const { size } = JSON.parse(Buffer.from(stored.data).toString()) as { readonly size: number };
      if (size === 0) return undefined;
      const event = { id: stored.eventId, data: { fill: 'x'.repeat(size) } } as unknown as CloudEvent;
      return { event, isNotice: false, memberId: 'm1' };
    },
  };
  return { parts: { eventStore, viewStore }, feed };
}

/** Everything that is given, batch by batch, until the end. */
async function batchesOf(sizes: readonly number[]) {
  const { parts, feed } = await logOf(sizes);
  const batches: (readonly CloudEvent[])[] = [];
  let after = START;
  for (let turns = 0; turns < 10_000; turns += 1) {
    const { events, last, isEnd } = await nextBatch(parts, feed, after);
    if (events.length > 0) batches.push(events);
    after = last?.position ?? after;
    if (isEnd) break;
  }
  const expected: string[] = [];
  for await (const stored of parts.eventStore.readAll()) {
    const one = feed.eventOf(stored);
    if (one) expected.push(one.event.id);
  }
  return { batches, expected };
}

describe('batches of the feed', () => {
  it('hold every event once, in order, and no more than a delivery may, whatever their number and their size', async () => {
    const size = fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 600 }) },
      { weight: 1, arbitrary: fc.integer({ min: 100_000, max: 300_000 }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(size, { maxLength: 260 }), async (sizes) => {
        const { batches, expected } = await batchesOf(sizes);
        expect(batches.flat().map(({ id }) => id)).toEqual(expected);
        for (const events of batches) {
          expect(events.length).toBeLessThanOrEqual(MOST_EVENTS);
          if (events.length > 1) expect(bytesOf(events)).toBeLessThanOrEqual(MOST_BYTES + 2);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('pass over a long stretch with nothing in it, a part at a time', async () => {
    const { batches, expected } = await batchesOf([...Array<number>(4999).fill(0), 10]);
    expect(batches.flat().map(({ id }) => id)).toEqual(expected);
    expect(batches).toHaveLength(1);
  });

  it('are the same again up to where they ended, whatever was stored since', async () => {
    const { parts, feed } = await logOf([10, 10, 10]);
    const first = await nextBatch(parts, feed, START);
    const more = {
      eventId: randomUUID(),
      type: 'Happened',
      data: Buffer.from('{"size":10}'),
      metadata: Buffer.from('{}'),
    };
    await parts.eventStore.append('thing-more', 'no-stream', [more]);
    const again = await nextBatch(parts, feed, START, first.last?.position);
    expect(again.events).toEqual(first.events);
    expect([first.isEnd, again.isEnd]).toEqual([true, false]);
    expect((await nextBatch(parts, feed, START)).events).toHaveLength(4);
  });
});
