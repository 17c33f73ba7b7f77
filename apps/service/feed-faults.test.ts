import { feedQueue } from '#application/feed/feed-queue.js';
import type { Temoin } from '#application/temoin.js';
import { eventsOf, govern, standingOf, startSliceFeed, toldOf, typesOf } from './feed.fixture.js';
import { feedStory } from './feed-story.fixture.js';

const MINUTE = 60_000;

describe('the feed, when something fails', () => {
  const { slice, subscribed, looked, start, ended, ask, later } = feedStory();

  it('sends what was sent and not written down once more, the same batch by its id, and loses nothing', async () => {
    const [subscriberId, receiver] = await subscribed();
    await ask();
    const dying = (temoin: Temoin): Temoin => ({
      ...temoin,
      execute: (envelope) =>
        (envelope.command as { type: string }).type === 'RecordDelivery'
          ? Promise.reject(Object.assign(new Error('dead'), { code: 'unavailable' }))
          : temoin.execute(envelope),
    });
    const { alarms } = await looked(dying);
    expect(alarms).toMatchObject([{ kind: 'feed-stuck', subscriberId, code: 'unavailable' }]);
    expect(receiver.deliveries).toHaveLength(1);
    await ended();
    const anew = await looked();
    const [first, again] = receiver.deliveries;
    expect(receiver.deliveries).toHaveLength(2);
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(again?.body).toBe(first?.body);
    await ask();
    await anew.feed.look();
    expect(typesOf(receiver).slice(4)).toEqual(['request.received', 'request.declined']);
    expect((await toldOf(slice(), subscriberId)).filter(({ type }) => type === 'SubscriberDelivered')).toHaveLength(2);
  });

  it('a process that was frozen between sending and writing down takes nothing back when it wakes up', async () => {
    const [subscriberId, receiver] = await subscribed();
    await ask();
    let thaw: (() => void) | undefined;
    const frozen = (temoin: Temoin): Temoin => ({
      ...temoin,
      async execute(envelope) {
        if ((envelope.command as { type: string }).type === 'RecordDelivery')
          await new Promise<void>((resolve) => {
            thaw = resolve;
          });
        return temoin.execute(envelope);
      },
    });
    const asleep = startSliceFeed(slice(), frozen);
    const waking = asleep.feed.look();
    while (thaw === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    const { feed } = await looked();
    await ask();
    await feed.look();
    const after = await standingOf(slice(), subscriberId);
    thaw();
    await waking;
    expect(await standingOf(slice(), subscriberId)).toEqual(after);
    expect(asleep.alarms).toEqual([]);
    await asleep.feed.stop();
    expect(new Set(eventsOf(receiver).map(({ id }) => id)).size).toBe(4);
    expect(typesOf(receiver)).toHaveLength(6);
  });

  it('at an event that this program cannot read all that came before is given, nothing is skipped, and it is told', async () => {
    const [subscriberId, receiver] = await subscribed();
    const failing = (temoin: Temoin): Temoin => ({
      ...temoin,
      decode: (stored) => {
        if (stored.type === 'RequestDeclined') throw Object.assign(new Error('newer'), { code: 'unknown-event' });
        return temoin.decode(stored);
      },
    });
    await ask();
    await ask();
    const { feed, alarms } = await looked(failing);
    await feed.look();
    expect(typesOf(receiver)).toEqual(['request.received']);
    expect(alarms[0]).toMatchObject({ kind: 'feed-stuck', subscriberId, code: 'unknown-event' });
    expect(await feedQueue(failing(slice().temoin), 100)()).toMatchObject({ waiting: 1 });
    expect(await feedQueue(slice().temoin, 100)()).toMatchObject({ waiting: 3 });
    await ended();
    await looked();
    expect(typesOf(receiver)).toEqual(
      ['received', 'declined', 'received', 'declined'].map((what) => `request.${what}`),
    );
  });

  it('ends at once, also while somebody does not answer, and sends that batch again later', async () => {
    const [, receiver] = await subscribed();
    receiver.behave('silent');
    await ask();
    const running = start();
    while (receiver.deliveries.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    // nothing but the stop ends the wait for this answer
    await running.feed.stop();
    expect([running.failed, running.alarms]).toEqual([[], []]);
    receiver.behave(204);
    await ended();
    await looked();
    expect(receiver.deliveries[1]?.headers['webhook-id']).toBe(receiver.deliveries[0]?.headers['webhook-id']);
  });

  it('what arrives while somebody ends it is written down all the same, and nothing follows [charter:4.2b]', async () => {
    const [subscriberId, receiver] = await subscribed();
    await ask();
    const ending = (temoin: Temoin): Temoin => ({
      ...temoin,
      async execute(envelope) {
        if ((envelope.command as { type: string }).type === 'RecordDelivery')
          await slice().ok('Director', 'POST', `/subscribers/${subscriberId}/end`, { reason: 'breach' });
        return temoin.execute(envelope);
      },
    });
    const { feed, alarms } = await looked(ending);
    await ask();
    await feed.look();
    const told = (await toldOf(slice(), subscriberId)).map(({ type }) => type);
    expect(told).toEqual(['SubscriberRegistered', 'SubscriberEnded', 'SubscriberDelivered']);
    expect([typesOf(receiver), alarms]).toEqual([['request.received', 'request.declined'], []]);
  });

  it('one that does not answer is tried again after 1, 4, 16 minutes with the same batch, and holds up no other', async () => {
    const [failing, deaf] = await subscribed();
    const [, good] = await subscribed();
    deaf.behave(503);
    await ask();
    const { failed, feed } = await looked();
    expect(typesOf(good)).toEqual(['request.received', 'request.declined']);
    await ask();
    await feed.look();
    expect(typesOf(good)).toHaveLength(4);
    expect(deaf.deliveries).toHaveLength(1);
    for (const [minutes, tries] of [
      [0.9, 1],
      [0.2, 2],
      [3.8, 2],
      [0.3, 3],
      [15.8, 3],
    ] as const) {
      later(minutes * MINUTE);
      await feed.look();
      expect([minutes, deaf.deliveries.length]).toEqual([minutes, tries]);
    }
    expect(failed).toMatchObject(
      [1, 2, 3].map((attempt) => ({ subscriberId: failing, attempt, code: 'status', status: 503 })),
    );
    expect(new Set(deaf.deliveries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    deaf.behave(200);
    later(0.3 * MINUTE);
    await feed.look();
    expect(typesOf(deaf).slice(-4)).toEqual([...typesOf(good).slice(0, 2), ...typesOf(good).slice(0, 2)]);
    expect(await standingOf(slice(), failing)).toMatchObject({ attempts: 0, standing: 'active' });
  });

  it('one that never answers is paused after eighteen attempts; resumed, it is given everything it missed', async () => {
    const [subscriberId, deaf] = await subscribed();
    deaf.behave(410);
    await ask();
    const { feed } = await looked();
    for (let tries = 0; tries < 20; tries += 1) {
      later(6 * 60 * MINUTE + 1000);
      await feed.look();
    }
    expect(deaf.deliveries).toHaveLength(18);
    expect(await standingOf(slice(), subscriberId)).toMatchObject({ standing: 'paused', pausedFor: 'failing' });
    deaf.behave(204);
    await govern(slice().temoin, { type: 'ResumeSubscriber', subscriberId });
    await ask();
    await feed.look();
    expect(typesOf(deaf).slice(-4)).toEqual([
      'request.received',
      'request.declined',
      'request.received',
      'request.declined',
    ]);
  });
});
