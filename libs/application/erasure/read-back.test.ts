import type { EventStore, StoredEvent } from '#ports/event-store/event-store.js';
import { openErasure } from './erasure.js';
import { all, openErasureStory } from './erasure-story.test-data.js';
import { subjectsIn } from './sealed-within.js';

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value), 'utf8');
const sealed = (cell: string) => ({ $sealed: { cell, alg: 'A256GCM' } });

describe('which events concern whom', () => {
  it('is told from the bytes, by the whole id of the subject', () => {
    const event = bytes({ memberId: 'm1', a: sealed('m1/identity'), b: sealed('m22/session:s') });
    expect([...subjectsIn(event, new Set(['m1', 'm2', 'm22']))].sort()).toEqual(['m1', 'm22']);
    expect(subjectsIn(event, new Set(['m', 'm2'])).size).toBe(0);
  });

  it('is told from what is sealed, not from what is merely named; short bytes end it', () => {
    expect(subjectsIn(bytes({ memberId: 'm1', text: 'm1/identity' }), new Set(['m1'])).size).toBe(0);
    expect(subjectsIn(Buffer.from('{"cell":"m1'), new Set(['m1'])).size).toBe(0);
    const padded = Buffer.concat([Buffer.alloc(7), bytes(sealed('m1/identity')), Buffer.alloc(3)]);
    expect([...subjectsIn(padded.subarray(7, -3), new Set(['m1']))]).toEqual(['m1']);
  });
});

describe('reading back', () => {
  it('counts an event that nobody can read as unreadable, for the member it concerns and for nobody else', async () => {
    const story = await openErasureStory();
    await story.decide('m1', all('m1'));
    await story.decide('m2', ['m2/identity']);
    const { temoin } = story;
    const foreign = (stored: StoredEvent): StoredEvent =>
      stored.stream === 'member-m1' ? { ...stored, type: 'FromTheFuture' } : stored;
    const eventStore: EventStore = {
      ...temoin.eventStore,
      async *readAll(options) {
        for await (const stored of temoin.eventStore.readAll(options)) yield foreign(stored);
      },
    };
    const erasure = openErasure(story.parts({ temoin: { ...temoin, eventStore } }));
    expect(await erasure.finish()).toEqual([{ memberId: 'm1', destructionId: 'erasure-case-m1', code: 'partial' }]);
    const last = async (memberId: string) => (await story.custody(memberId)).at(-1)?.data.result;
    expect([await last('m1'), await last('m2')]).toEqual(['partial', 'complete']);
    await temoin.close();
  });

  it('counts a view that cannot be asked as unreadable', async () => {
    const story = await openErasureStory();
    await story.decide('m1', all('m1'));
    const { temoin } = story;
    const viewStore = {
      ...temoin.viewStore,
      scan() {
        throw new Error('no answer');
      },
    };
    const erasure = openErasure(story.parts({ temoin: { ...temoin, viewStore } }));
    expect(await erasure.finish()).toMatchObject([{ code: 'partial' }]);
    expect(await openErasure(story.parts()).finish()).toEqual([]);
    await temoin.close();
  });
});
