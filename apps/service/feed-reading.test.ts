import type { Temoin } from '#application/temoin.js';
import type { ReadAllOptions } from '#ports/event-store/event-store.js';
import { eventsOf, toldOf, typesOf } from './feed.fixture.js';
import { feedStory } from './feed-story.fixture.js';

describe('what the feed reads and gives', () => {
  const { slice, story, subscribed, looked, ended, ask } = feedStory();

  it('of a member whose data may not be used nothing leaves but that it is so, then or later [charter:4.3]', async () => {
    const [subscriberId, receiver] = await subscribed();
    const path = `/members/${story().memberId}/restriction`;
    await slice().ok('Director', 'POST', path, { ground: 'accuracy-contested' });
    await ask();
    const { feed } = await looked();
    expect(typesOf(receiver)).toEqual(['data.restricted']);
    await ask();
    await feed.look();
    expect((await toldOf(slice(), subscriberId)).at(-1)).toMatchObject({ data: { count: 0 } });
    const warned = { warnedAt: slice().temoin.clock.now(), channel: 'phone' };
    await slice().ok('Director', 'POST', `${path}/announcement`, warned);
    await slice().ok('Director', 'POST', `${path}/lift`);
    await ended();
    await looked();
    expect(typesOf(receiver)).toEqual(['data.restricted', 'data.restriction-lifted']);
  });

  it('reads nothing while nobody subscribes, and a long stretch without anything for one once', async () => {
    const reads: ReadAllOptions[] = [];
    const counting = (temoin: Temoin): Temoin => ({
      ...temoin,
      eventStore: {
        ...temoin.eventStore,
        readAll: (range) => {
          reads.push(range ?? {});
          return temoin.eventStore.readAll(range);
        },
      },
    });
    const { feed } = await looked(counting);
    await ask();
    await feed.look();
    expect(reads).toEqual([]);
    const [, receiver] = await subscribed();
    await feed.look();
    await feed.look();
    expect(reads).toHaveLength(1);
    await slice().ok('Director', 'POST', '/closures', { from: '2026-12-24', to: '2026-12-24', label: 'Pont' });
    for (let looks = 0; looks < 3; looks += 1) await feed.look();
    expect(reads).toHaveLength(2);
    expect(reads[1]?.after).toBeDefined();
    expect(receiver.deliveries).toEqual([]);
  });

  it('sends a hundred events at a time, and a subscriber only what it asked for', async () => {
    const [, receiver] = await subscribed(['request', 'complaint']);
    for (let asked = 0; asked < 70; asked += 1) await ask();
    await looked();
    expect(receiver.deliveries.map((one) => JSON.parse(one.body).length)).toEqual([100, 40]);
    const ids = eventsOf(receiver).map(({ id }) => id);
    expect(new Set(ids).size).toBe(140);
    expect(new Set(typesOf(receiver))).toEqual(new Set(['request.received', 'request.declined']));
  });
});
