import { plusMilliseconds } from '#kernel/time.js';
import { verifyDelivery } from '#testing/verify-delivery.js';
import type { WebhookReceiver } from '#testing/webhook-receiver.js';
import { eventsIn, eventsOf, typesOf } from '../../apps/service/feed.fixture.js';
import type { ServiceProcess } from '../demo/service-process.js';
import { type Listener, openWebhookHouse, until, type WebhookHouse } from './webhook-house.js';

/** What the log calls that which subscribers are told of a request. */
const STEPS: Readonly<Record<string, string>> = {
  SupportRequested: 'fr.temoin.request.received.v1',
  RequestDeclined: 'fr.temoin.request.declined.v1',
};

/** Receivers know nothing of ours but the published key; each event counts as it first came. */
describe('webhooks with the log on EventStoreDB, views and keys on MongoDB', () => {
  let house: WebhookHouse;
  let worker: ServiceProcess;
  let memberId: string;
  /** One subscribed to requests, one to everything. */
  let counting: Listener;
  let other: Listener;

  beforeAll(async () => {
    house = await openWebhookHouse();
    worker = house.worker;
    memberId = await house.registered();
    counting = await house.subscribed(['request']);
    other = await house.subscribed(['consent', 'session', 'request', 'complaint']);
  }, 900_000);
  afterAll(() => house?.close(), 120_000);

  /** A request that is received and declined: two public events. */
  async function ask(): Promise<void> {
    const answers = { commercialUse: false, confidentialDataPresent: false };
    const { id } = await house.api.post('/requests', { memberId, problem: 'Panne.', channel: 'phone', ...answers });
    await house.api.post(`/requests/${id}/decline`, { reason: 'on-site' });
  }
  const told = ({ deliveries }: WebhookReceiver) => [
    ...new Map(deliveries.flatMap(eventsIn).map((one) => [one.id, `${one.subject} ${one.type}`])).values(),
  ];
  const requestsInLog = async () =>
    (await house.logged('request-')).flatMap(([stream, type]) =>
      STEPS[type] === undefined ? [] : [`${stream.replace('-', '/')} ${STEPS[type]}`],
    );
  /** Does something at the next delivery to it, once. */
  async function atDelivery({ receiver }: Listener, strike: () => unknown): Promise<void> {
    let struck: unknown;
    receiver.onDelivery = () => {
      struck ??= strike() ?? true;
    };
    await ask();
    await until('nothing was sent', () => struck !== undefined);
    await struck;
    receiver.onDelivery = () => undefined;
  }
  const bothToldAll = async (count: number) => {
    await house.recorded(count, counting, other);
    const expected = await requestsInLog();
    expect(expected).toHaveLength(count);
    for (const { receiver } of [counting, other]) expect(told(receiver)).toEqual(expected);
  };

  it('are signed, in the order of the log, and written down [charter:4.2b]', async () => {
    await Promise.all(Array.from({ length: 6 }, ask));
    await bothToldAll(12);
    const jwk = (await house.api.get('/.well-known/temoin-signing-key.json')) as Parameters<typeof verifyDelivery>[0];
    for (const { headers, body } of [counting, other].flatMap(({ receiver }) => receiver.deliveries)) {
      expect(headers['content-type']).toBe('application/cloudevents-batch+json');
      expect(verifyDelivery(jwk, headers, body)).toBe(true);
      expect(verifyDelivery(jwk, headers, body.replace('request', 'session'))).toBe(false);
    }
  }, 900_000);

  it('come again when the worker is killed between sending and writing down (kill -9), and none is missing', async () => {
    const { deliveries } = counting.receiver;
    const before = deliveries.length;
    // it has the batch, and nobody hears that it has
    counting.receiver.behave('silent');
    await atDelivery(counting, () => worker.kill());
    counting.receiver.behave(204);
    worker = await house.startWorker();
    await bothToldAll(14);
    const [first, again] = deliveries.slice(before).map(eventsIn);
    expect(again?.slice(0, first?.length)).toEqual(first);
    expect(await house.standing(counting)).toMatchObject({ standing: 'active', attempts: 0 });
  }, 900_000);

  it('nor is any counted twice when it is killed as the answer leaves', async () => {
    await atDelivery(counting, () => new Promise((resolve) => setImmediate(() => resolve(worker.kill()))));
    worker = await house.startWorker();
    await bothToldAll(16);
  }, 900_000);

  it('are not taken back by a worker that stood still meanwhile and wakes up', async () => {
    const frozen = worker;
    await atDelivery(counting, () => process.kill(frozen.pid, 'SIGSTOP'));
    worker = await house.startWorker();
    await house.recorded(18, counting);
    process.kill(frozen.pid, 'SIGCONT');
    await until('it did not wake up', () => frozen.output().includes('another process projects'));
    await ask();
    await bothToldAll(20);
    expect(await house.standing(counting)).toMatchObject({ standing: 'active', attempts: 0 });
    await frozen.stop();
  }, 900_000);

  it('that are not taken come again by their id, and nothing behind them before', async () => {
    const { receiver } = counting;
    const before = receiver.deliveries.length;
    receiver.behave(503);
    await ask();
    await until('not refused', async () => (await house.standing(counting)).attempts === 1);
    await ask();
    await house.recorded(24, other);
    receiver.behave(204);
    house.clock.moveTo(plusMilliseconds(house.clock.now(), 3_600_000));
    await bothToldAll(24);
    const [refused, again] = receiver.deliveries.slice(before);
    expect(again?.headers['webhook-id']).toBe(refused?.headers['webhook-id']);
    expect(again?.body).toBe(refused?.body);
  }, 900_000);

  it('wait while a subscriber is paused, and are all given once it is resumed [charter:4.2b]', async () => {
    const { id, receiver } = counting;
    // no worker runs while it is paused, so that no batch can be on its way
    await worker.stop();
    await house.api.post(`/subscribers/${id}/pause`);
    const before = receiver.deliveries.length;
    await ask();
    await ask();
    worker = await house.startWorker();
    await house.recorded(28, other);
    expect(await house.standing(counting)).toMatchObject({ standing: 'paused', eventsDelivered: 24 });
    expect(receiver.deliveries).toHaveLength(before);
    await house.api.post(`/subscribers/${id}/resume`);
    await bothToldAll(28);
  }, 900_000);

  it('tell everybody of an erasure, whatever its topics, and which notice that was is kept [charter:4.3]', async () => {
    const { api, clock } = house;
    const gone = await house.registered();
    const case_ = {
      memberId: gone,
      kind: 'erasure',
      channel: 'email',
      receivedAt: clock.now(),
      concernsDirector: false,
    };
    const { id: rightsId } = await api.post('/rights', case_);
    await api.post(`/rights/${rightsId}/identity`, { method: 'membership-number' });
    const { lines } = await api.get(`/rights/${rightsId}/grid`);
    const proposed = lines as readonly { readonly cell: string; readonly suggestion: object }[];
    const grid = proposed.map(({ cell, suggestion }) => ({ cell, ...suggestion }));
    await api.post(`/rights/${rightsId}/decision`, { grounds: [], reasons: 'Demande fondée.', grid });
    for (const one of [counting, other]) {
      await until('not told', () => typesOf(one.receiver).includes('data.erased'));
      const [notice] = eventsOf(one.receiver).filter(({ type }) => type === 'fr.temoin.data.erased.v1');
      const data = { memberId: gone, destructionId: `erasure-${rightsId}`, identity: true };
      expect(notice).toMatchObject({ subject: `member/${gone}`, data });
      await until('not kept', async () => (await house.standing(one)).noticesTold === 1);
      const kept = await api.get(`/subscribers/${one.id}/notices`);
      expect(kept.items).toMatchObject([{ noticeId: notice.id }]);
    }
  }, 900_000);

  it('never bear one id over two contents, nor a word that anybody wrote [charter:4.2b]', () => {
    for (const { receiver } of [counting, other]) {
      const bodies = new Map<string, string>();
      for (const { headers, body } of receiver.deliveries) {
        const id = String(headers['webhook-id']);
        expect(bodies.get(id) ?? body).toBe(body);
        bodies.set(id, body);
      }
      expect(receiver.bytes().toString('utf8')).not.toMatch(/Fictive|Panne|Fictif/);
    }
    for (const one of house.processes) expect(one.output()).not.toMatch(/Fictif|https:\/\/localhost/);
  });
});
