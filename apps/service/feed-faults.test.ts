import type { Temoin } from '#application/temoin.js';
import { plusMilliseconds } from '#kernel/time.js';
import type { ReadAllOptions } from '#ports/event-store/event-store.js';
import { openWebhookReceiver, type WebhookReceiver } from '#testing/webhook-receiver.js';
import {
  eventsOf,
  govern,
  register,
  type SliceFeed,
  standingOf,
  startSliceFeed,
  toldOf,
  typesOf,
} from './feed.fixture.js';
import { openSlice, type Slice } from './slice.js';
import { prepareStory, publishCharter, type Story } from './slice-story.js';

const MINUTE = 60_000;

describe('the feed, when something fails', () => {
  let slice: Slice;
  let story: Story;
  let receivers: WebhookReceiver[] = [];
  let running: SliceFeed | undefined;
  let count = 0;
  beforeAll(async () => {
    slice = await openSlice();
    story = await prepareStory(slice, await publishCharter(slice));
  });
  afterAll(() => slice.close());
  afterEach(async () => {
    await running?.feed.stop();
    running = undefined;
    for (const receiver of receivers) await receiver.close();
    receivers = [];
    for (let one = 1; one <= count; one += 1)
      if ((await standingOf(slice, `a${one}`))?.standing === 'active')
        await govern(slice.temoin, { type: 'EndSubscriber', subscriberId: `a${one}`, reason: 'no-longer-needed' });
  });

  const subscribed = async (): Promise<readonly [string, WebhookReceiver]> => {
    count += 1;
    const receiver = await openWebhookReceiver();
    receivers.push(receiver);
    await register(slice, `a${count}`, receiver.url);
    return [`a${count}`, receiver];
  };
  const looked = async (through?: (temoin: Temoin) => Temoin) => {
    running ??= startSliceFeed(slice, through);
    await running.feed.look();
    return running;
  };
  /** A request that is received and declined: two events. */
  const ask = async () => {
    const { memberId } = story;
    const asked = {
      memberId,
      problem: 'Panne.',
      channel: 'phone',
      commercialUse: false,
      confidentialDataPresent: false,
    };
    const { id } = await slice.ok('Technician', 'POST', '/requests', asked);
    await slice.ok('SupportLead', 'POST', `/requests/${id}/decline`, { reason: 'on-site' });
  };
  const later = (milliseconds: number) => slice.moveTo(plusMilliseconds(slice.temoin.clock.now(), milliseconds));

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
    const { alarms, feed } = await looked(dying);
    expect(alarms).toMatchObject([{ kind: 'feed-stuck', subscriberId, code: 'unavailable' }]);
    expect(receiver.deliveries).toHaveLength(1);
    await feed.stop();
    running = undefined;
    const anew = await looked();
    const [first, again] = receiver.deliveries;
    expect(receiver.deliveries).toHaveLength(2);
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(again?.body).toBe(first?.body);
    await ask();
    await anew.feed.look();
    expect(typesOf(receiver).slice(4)).toEqual(['request.received', 'request.declined']);
    expect((await toldOf(slice, subscriberId)).filter(({ type }) => type === 'SubscriberDelivered')).toHaveLength(2);
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
    const asleep = startSliceFeed(slice, frozen);
    const waking = asleep.feed.look();
    for (let tries = 0; thaw === undefined && tries < 400; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    const { feed } = await looked();
    await ask();
    await feed.look();
    const after = await standingOf(slice, subscriberId);
    thaw?.();
    await waking;
    expect(await standingOf(slice, subscriberId)).toEqual(after);
    expect(asleep.alarms).toEqual([]);
    await asleep.feed.stop();
    expect(new Set(eventsOf(receiver).map(({ id }) => id)).size).toBe(4);
    expect(typesOf(receiver)).toHaveLength(6);
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
    expect(await standingOf(slice, failing)).toMatchObject({ attempts: 0, standing: 'active' });
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
    expect(await standingOf(slice, subscriberId)).toMatchObject({ standing: 'paused', pausedFor: 'failing' });
    deaf.behave(204);
    await govern(slice.temoin, { type: 'ResumeSubscriber', subscriberId });
    await ask();
    await feed.look();
    expect(typesOf(deaf).slice(-4)).toEqual([
      'request.received',
      'request.declined',
      'request.received',
      'request.declined',
    ]);
  });

  it('of a member whose data may not be used nothing leaves but that it is so, then or later [charter:4.3]', async () => {
    const [subscriberId, receiver] = await subscribed();
    const path = `/members/${story.memberId}/restriction`;
    await slice.ok('Director', 'POST', path, { ground: 'accuracy-contested' });
    await ask();
    const { feed } = await looked();
    expect(typesOf(receiver)).toEqual(['data.restricted']);
    await ask();
    await feed.look();
    expect((await toldOf(slice, subscriberId)).at(-1)).toMatchObject({ data: { count: 0 } });
    const warned = { warnedAt: slice.temoin.clock.now(), channel: 'phone' };
    await slice.ok('Director', 'POST', `${path}/announcement`, warned);
    await slice.ok('Director', 'POST', `${path}/lift`);
    await feed.stop();
    running = undefined;
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
    await slice.ok('Director', 'POST', '/closures', { from: '2026-12-24', to: '2026-12-24', label: 'Pont' });
    for (let looks = 0; looks < 3; looks += 1) await feed.look();
    expect(reads).toHaveLength(2);
    expect(reads[1]?.after).toBeDefined();
    expect(receiver.deliveries).toEqual([]);
  });

  it('sends a hundred events at a time, and a subscriber only what it asked for', async () => {
    count += 1;
    const receiver = await openWebhookReceiver();
    receivers.push(receiver);
    await register(slice, `a${count}`, receiver.url, ['request', 'complaint']);
    for (let asked = 0; asked < 70; asked += 1) await ask();
    await looked();
    expect(receiver.deliveries.map((one) => JSON.parse(one.body).length)).toEqual([100, 40]);
    const ids = eventsOf(receiver).map(({ id }) => id);
    expect(new Set(ids).size).toBe(140);
    expect(new Set(typesOf(receiver))).toEqual(new Set(['request.received', 'request.declined']));
  });
});
