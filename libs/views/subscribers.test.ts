import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import * as events from '#domain/subscriber/events.js';
import type { AnyEvent } from '#kernel/define-event.js';
import { event } from '#kernel/define-event.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { dump, memoryVault, type Placed, project, storyteller } from '#testing/view-story.js';
import { getSubscriber, listSubscribers, subscribersOf, toldOfNotice } from './subscriber-queries.js';
import { subscribersView } from './subscribers.js';

const at = (minute: number) => `2026-06-02T08:${String(minute).padStart(2, '0')}:00.000Z`;
const registered = (subscriberId: string) =>
  event(events.SubscriberRegistered, {
    subscriberId,
    subscriberName: `Fédération ${subscriberId}`,
    subscriberPurpose: 'Compter les interventions',
    address: 'https://abonne.exemple.fr/',
    topics: ['session'],
    agreementOn: `2026-05-0${subscriberId.at(-1)}` as LocalDate,
  });
const delivered = (subscriberId: string, revision: number, notices: readonly string[] = []) =>
  event(events.SubscriberDelivered, {
    ...{ subscriberId, stream: 'session-r1.1', revision, lastEventId: `e${revision}`, count: 3, notices },
  });
const failed = (subscriberId: string, attempt: number, status?: number) =>
  event(events.SubscriberDeliveryFailed, {
    ...{ subscriberId, attempt, nextAt: at(30) as Instant, fault: status === undefined ? 'timeout' : 'status' },
    ...(status === undefined ? {} : { status }),
  });

async function told(...story: readonly AnyEvent[]) {
  const vault = memoryVault();
  const tell = storyteller(events.subscriberEvents, vault);
  const placed: Placed[] = [];
  for (const [minute, one] of story.entries())
    placed.push(...(await tell(`subscriber-${one.data.subscriberId}`, at(minute), one)));
  const viewStore = await project(subscribersView, placed);
  return { viewStore, opener: vault, vault, placed };
}
const present = (value: string) => ({ state: 'present', value });

describe('subscribers', () => {
  it('stand with their agreement and from which stored event on they are given [charter:4.2b]', async () => {
    const deps = await told(registered('a1'));
    const one = await getSubscriber(deps, 'a1');
    expect(one).toMatchObject({
      ...{ name: present('Fédération a1'), purpose: present('Compter les interventions'), agreementOn: '2026-05-01' },
      ...{ address: present('https://abonne.exemple.fr/'), topics: ['session'], standing: 'active', attempts: 0 },
      ...{ registeredAt: at(0), registration: { stream: 'subscriber-a1', revision: 0 }, eventsDelivered: 0 },
    });
    expect(one?.registration.eventId).toBe(deps.placed[0]?.event.meta.eventId);
    expect(one).not.toHaveProperty('delivered');
    expect(await getSubscriber(deps, 'a2')).toBeUndefined();
  });

  it('know what they were given last, how much in all, and which notices [charter:4.2b]', async () => {
    const deps = await told(
      registered('a1'),
      registered('a2'),
      delivered('a1', 4, ['n1', 'n2']),
      delivered('a1', 9),
      delivered('a2', 5, ['n1']),
    );
    expect(await getSubscriber(deps, 'a1')).toMatchObject({
      ...{ revision: 2, eventsDelivered: 6, noticesTold: 2 },
      delivered: { stream: 'session-r1.1', revision: 9, eventId: 'e9', at: at(3) },
    });
    expect(await toldOfNotice(deps, 'n1')).toEqual([
      { subscriberId: 'a1', noticeId: 'n1', toldAt: at(2) },
      { subscriberId: 'a2', noticeId: 'n1', toldAt: at(4) },
    ]);
    expect(await toldOfNotice(deps, 'n3')).toEqual([]);
  });

  it('show the last fault and the next attempt until a batch arrives, the address changes or a person resumes', async () => {
    const fault = async (...after: readonly AnyEvent[]) => {
      const deps = await told(registered('a1'), failed('a1', 1, 503), ...after);
      const { attempts, lastFault, lastStatus, nextAt, standing } = (await getSubscriber(deps, 'a1')) ?? {};
      return [standing, attempts, lastFault, lastStatus, nextAt];
    };
    const none = ['active', 0, undefined, undefined, undefined];
    expect(await fault()).toEqual(['active', 1, 'status', 503, at(30)]);
    expect(await fault(failed('a1', 2))).toEqual(['active', 2, 'timeout', undefined, at(30)]);
    expect(await fault(delivered('a1', 1))).toEqual(none);
    expect(
      await fault(event(events.SubscriberAddressChanged, { subscriberId: 'a1', address: 'https://b.exemple.fr/' })),
    ).toEqual(none);
    const paused = event(events.SubscriberPaused, { subscriberId: 'a1', reason: 'failing' });
    expect(await fault(paused)).toEqual(['paused', 1, 'status', 503, at(30)]);
    expect(await fault(paused, event(events.SubscriberResumed, { subscriberId: 'a1' }))).toEqual(none);
  });

  it('are listed by their standing, page by page, without their address', async () => {
    const deps = await told(
      ...['a1', 'a2', 'a3'].map(registered),
      event(events.SubscriberPaused, { subscriberId: 'a2', reason: 'by-hand' }),
      event(events.SubscriberEnded, { subscriberId: 'a3', reason: 'breach' }),
    );
    const ids = async (params: Parameters<typeof listSubscribers>[1]) =>
      (await listSubscribers(deps, params)).items.map(({ subscriberId }) => subscriberId);
    expect(await ids({})).toEqual(['a3', 'a2', 'a1']);
    expect(await ids({ sort: 'agreementOn' })).toEqual(['a1', 'a2', 'a3']);
    expect(await ids({ standing: 'active' })).toEqual(['a1']);
    expect(await ids({ standing: 'ended', sort: '-agreementOn' })).toEqual(['a3']);
    const first = await listSubscribers(deps, { limit: 2 });
    expect(first.items.map((one) => [one.name, 'address' in one])).toEqual([
      [present('Fédération a3'), false],
      [present('Fédération a2'), false],
    ]);
    expect(await ids({ limit: 2, cursor: first.next ?? '' })).toEqual(['a1']);
    expect((await subscribersOf(deps, 'paused')).map((one) => [one.subscriberId, one.pausedFor])).toEqual([
      ['a2', 'by-hand'],
    ]);
    expect((await subscribersOf(deps)).map(({ subscriberId }) => subscriberId)).toEqual(['a1', 'a2', 'a3']);
  });

  it('are named no more once their key is gone; where they stood stays', async () => {
    const deps = await told(registered('a1'), event(events.SubscriberEnded, { subscriberId: 'a1', reason: 'breach' }));
    await deps.vault.destroy('a1/identity' as CellId, { destroyedAt: at(9) as Instant, proof: 'p' });
    const one = await getSubscriber(deps, 'a1');
    expect([one?.name.state, one?.purpose.state, one?.address?.state]).toEqual(['erased', 'erased', 'erased']);
    expect(one).toMatchObject({ standing: 'ended', endedFor: 'breach', endedAt: at(1), topics: ['session'] });
  });

  it('come out the same when events are given twice', async () => {
    const story = [registered('a1'), delivered('a1', 4, ['n1']), failed('a1', 1), delivered('a1', 5, ['n2'])];
    const { placed, viewStore } = await told(...story);
    const again = memoryViewStore();
    await project(subscribersView, placed, again);
    await project(subscribersView, placed, again);
    expect(await dump(subscribersView, again)).toEqual(await dump(subscribersView, viewStore));
  });
});
