import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import type { EventStore } from '#ports/event-store/event-store.js';
import { visitEvents } from '#testing/visit.js';
import { eventCodec } from './codec.js';
import { type Fold, foldedStreams } from './folded-streams.js';

const STREAM = 'visit-s1';
/** Counts events: what they say does not matter here. */
const counting = (): Fold => ({ fold: {}, initial: 0, evolve: (state) => Number(state) + 1 });
const codec = eventCodec(visitEvents);
const data = Buffer.from('{}');
const metadata = Buffer.from(
  JSON.stringify({ version: 1, recordedAt: '2026-06-02T07:30:00.000Z', actor: 'staff-1', commandId: 'c' }),
);

/** A store that tells how often it was read. */
function counted(store: EventStore) {
  let reads = 0;
  const readStream: EventStore['readStream'] = (...given) => {
    reads += 1;
    return store.readStream(...given);
  };
  return { store: { ...store, readStream }, reads: () => reads };
}

async function opened() {
  const { store, reads } = counted(memoryEventStore());
  let revision = -1;
  const append = async () => {
    const eventId = `00000000-0000-8000-8000-00000000000${revision + 1}`;
    const one = { eventId, type: 'VisitOpened', data, metadata };
    await store.append(STREAM, revision < 0 ? 'no-stream' : revision, [one]);
    revision += 1;
  };
  await append();
  return { streams: foldedStreams(store, codec), reads, append };
}

describe('catching up with a stream', () => {
  it('is one reading for all who ask in the same turn', async () => {
    const { streams, reads } = await opened();
    const fold = counting();
    const found = await Promise.all([1, 2, 3].map(() => streams.catchUp(fold, STREAM)));
    expect(found.map(({ state, revision }) => [state, revision])).toEqual(Array(3).fill([1, 0]));
    expect(reads()).toBe(1);
  });

  it('sees for whoever asks what was appended before, whatever others are reading', async () => {
    const { streams, append } = await opened();
    const fold = counting();
    const first = streams.catchUp(fold, STREAM);
    await append();
    expect((await streams.catchUp(fold, STREAM)).revision).toBe(1);
    await first;
    await append();
    expect((await streams.catchUp(fold, STREAM)).state).toBe(3);
  });

  it('mixes no two ways of folding one stream', async () => {
    const { streams, reads } = await opened();
    const other: Fold = { fold: {}, initial: 'a', evolve: (state) => `${state}b` };
    const found = await Promise.all([streams.catchUp(counting(), STREAM), streams.catchUp(other, STREAM)]);
    expect(found.map(({ state }) => state)).toEqual([1, 'ab']);
    expect(reads()).toBe(2);
  });

  it('fails for all who asked together when it fails, and begins anew for the next', async () => {
    const store = memoryEventStore();
    let away = true;
    const readStream: EventStore['readStream'] = (...given) => {
      if (away) throw new Error('away');
      return store.readStream(...given);
    };
    const one = foldedStreams({ ...store, readStream }, codec);
    const fold = counting();
    const all = await Promise.allSettled([1, 2].map(() => one.catchUp(fold, STREAM)));
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    away = false;
    expect((await one.catchUp(fold, STREAM)).revision).toBe(-1);
  });
});
