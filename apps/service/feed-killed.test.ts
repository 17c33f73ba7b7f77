import { join } from 'node:path';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { verifyDelivery } from '#testing/verify-delivery.js';
import { openWebhookReceiver } from '#testing/webhook-receiver.js';
import { type Client, httpClient } from '../../infra/demo/http-client.js';
import { type ServiceProcess, startService } from '../../infra/demo/service-process.js';
import { eventsIn, eventsOf, typesOf } from './feed.fixture.js';
import { decline, publish } from './one-letter.fixture.js';

const until = async (true_: () => boolean | Promise<boolean>) => {
  while (!(await true_())) await new Promise((resolve) => setTimeout(resolve, 50));
};

it('a service killed between sending and writing down (kill -9) sends the same again, in order, and loses nothing', async () => {
  const folder = await temporaryFolder();
  const receiver = await openWebhookReceiver();
  const env = {
    TEMOIN_NIGHTLY_AT: 'off',
    TEMOIN_LOG_LEVEL: 'debug',
    TEMOIN_ERASURE_LEDGER: folder.file(join('ledger', 'erasures.jsonl')),
  };
  const start = () => startService({ data: folder.file('data'), simulate: '2026-06-02T09:00:00+02:00', env });
  let service: ServiceProcess = await start();
  try {
    const { token = '' } = service;
    const admin = httpClient(service.url, token);
    const staffId = String((await admin.get('/me')).staffId);
    const given = { staffId, roles: ['Director', 'SupportLead', 'Technician'], expiresAt: '2027-06-01T00:00:00Z' };
    const theirs = String((await admin.post('/tokens', given)).token);
    const api = (): Client => httpClient(service.url, theirs);
    await publish(api());
    const named = { subscriberName: 'Organisme Fictif', subscriberPurpose: 'Statistiques' };
    const topics = { topics: ['request'], agreementOn: '2026-06-01' };
    const { id } = await api().post('/subscribers', { ...named, ...topics, address: receiver.url });

    /** Two events in one delivery, which is not answered, nor the service killed, before all that is asked here is. */
    let told: Promise<unknown> = Promise.resolve();
    const twoEvents = async () => {
      await api().post(`/subscribers/${id}/pause`);
      await decline(api());
      told = api().post(`/subscribers/${id}/resume`);
      await told;
    };

    // it has the batch, and nobody hears that it has
    receiver.behave('silent');
    let struck: Promise<void> | undefined;
    receiver.onDelivery = async () => {
      await told;
      struck ??= service.kill();
    };
    await twoEvents();
    await until(() => struck !== undefined);
    await struck;
    const output = service.output();
    receiver.onDelivery = () => undefined;
    receiver.behave(204);
    service = await start();
    await until(() => receiver.deliveries.length >= 2);
    const [first, again] = receiver.deliveries;
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(again?.body).toBe(first?.body);
    await until(async () => (await api().get(`/subscribers/${id}`)).eventsDelivered === 2);

    // it is killed as the answer leaves: written down or not, nothing is missing afterwards
    struck = undefined;
    receiver.onDelivery = async () => {
      await told;
      struck ??= new Promise((resolve) => setImmediate(() => resolve(service.kill())));
    };
    await twoEvents();
    await until(() => struck !== undefined);
    await struck;
    receiver.onDelivery = () => undefined;
    service = await start();
    await until(async () => (await api().get(`/subscribers/${id}`)).eventsDelivered === 4);

    const events = new Map(eventsOf(receiver).map((event) => [event.id, event.type]));
    expect([...events.values()]).toEqual([
      'fr.temoin.request.received.v1',
      'fr.temoin.request.declined.v1',
      'fr.temoin.request.received.v1',
      'fr.temoin.request.declined.v1',
    ]);
    expect(typesOf(receiver).length).toBeLessThanOrEqual(8);
    const jwk = await api().get('/.well-known/temoin-signing-key.json');
    for (const delivery of receiver.deliveries) {
      expect(verifyDelivery(jwk, delivery.headers, delivery.body)).toBe(true);
      expect(eventsIn(delivery).length).toBeGreaterThan(0);
    }
    for (const said of [output, service.output()]) expect(said).not.toMatch(/Fictif|localhost/);
  } finally {
    await service.kill();
    await receiver.close();
    await folder.remove();
  }
});
