import type { RecordDeliveryFailure, SubscriberCommand } from '#domain/subscriber/commands.js';
import type { Instant } from '#kernel/time.js';
import { finishedStory } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';

const NAME = 'Fédération Exemple';
const body = {
  subscriberName: NAME,
  subscriberPurpose: 'Compter les interventions de ses associations',
  address: 'http://localhost:9/boite/p7~h2',
  topics: ['session', 'complaint'],
  agreementOn: '2026-06-01',
};
const present = (value: string) => ({ state: 'present', value });

let slice: Slice;
beforeEach(async () => {
  slice = await openSlice();
});
afterEach(async () => {
  expect(slice.faults).toEqual([]);
  await slice.close();
});

const register = async (more: object = {}): Promise<string> => {
  const { id } = await slice.ok('Director', 'POST', '/subscribers', { ...body, ...more });
  await slice.settled();
  return String(id);
};
/** As the worker gives it. */
const give = async (command: SubscriberCommand) => {
  const outcome = await slice.temoin.execute({
    commandId: slice.temoin.ids.freshCommandId(),
    actor: 'system',
    actorRoles: [],
    stream: `subscriber-${command.subscriberId}`,
    command,
  });
  await slice.settled();
  return outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome;
};
const delivery = (subscriberId: string, revision: number, follows?: number) =>
  ({
    type: 'RecordDelivery',
    ...{ subscriberId, stream: 'session-r1.1', revision, lastEventId: `e${revision}`, count: 2, notices: ['n1'] },
    ...(follows === undefined ? {} : { follows: `e${follows}` }),
  }) as const;
const failure = (subscriberId: string, attempt: number): RecordDeliveryFailure => ({
  type: 'RecordDeliveryFailure',
  subscriberId,
  attempt,
  fault: 'status',
  status: 503,
  nextAt: '2026-06-02T08:00:00.000Z' as Instant,
});

describe('subscribers over HTTP', () => {
  it('are registered by who governs and read by who reviews; where they stand follows what is sent [charter:4.2b]', async () => {
    const id = await register();
    expect(await give(delivery(id, 4))).toBe('accepted');
    expect(await give(failure(id, 1))).toBe('accepted');
    const one = await slice.ok('Auditor', 'GET', `/subscribers/${id}`);
    expect(one).toMatchObject({
      ...{ subscriberId: id, name: present(NAME), address: present(body.address), topics: body.topics },
      ...{ standing: 'active', agreementOn: '2026-06-01', eventsDelivered: 2, noticesTold: 1, attempts: 1 },
      ...{ lastFault: 'status', lastStatus: 503, delivered: { stream: 'session-r1.1', revision: 4, eventId: 'e4' } },
    });
    expect(await slice.ok('SupportLead', 'GET', `/subscribers/${id}`)).not.toHaveProperty('address');
    const { items } = await slice.ok('SupportLead', 'GET', '/subscribers?standing=active&sort=-agreementOn');
    expect(items).toMatchObject([{ subscriberId: id, name: present(NAME) }]);
    expect(JSON.stringify(items)).not.toContain('p7~h2');

    const { items: told } = await slice.ok('SupportLead', 'GET', `/subscribers/${id}/notices`);
    expect(told).toEqual([{ noticeId: 'n1', toldAt: slice.temoin.clock.now() }]);

    await slice.ok('President', 'POST', `/subscribers/${id}/address`, { address: 'http://127.0.0.1:9/autre' });
    await slice.ok('President', 'POST', `/subscribers/${id}/pause`);
    expect(await give(delivery(id, 5, 4))).toBe('accepted');
    await slice.ok('Director', 'POST', `/subscribers/${id}/resume`, {});
    await slice.ok('Director', 'POST', `/subscribers/${id}/end`, { reason: 'no-longer-needed' });
    expect(await give(delivery(id, 6, 5))).toBe('accepted');
    await slice.settled();
    expect(await slice.ok('Director', 'GET', `/subscribers/${id}`)).toMatchObject({
      ...{ standing: 'ended', endedFor: 'no-longer-needed', address: present('http://127.0.0.1:9/autre') },
      ...{ delivered: { revision: 6 }, eventsDelivered: 6, attempts: 0 },
    });
    for (const path of ['/subscribers/nobody', '/subscribers/nobody/notices'])
      expect((await slice.send('GET', `/api/v1${path}`, undefined, { as: 'Director' })).status).toBe(404);
  });

  it('are refused with the rule and what to do, and never echo what was typed [charter:4.2b]', async () => {
    const send = (more: object) => slice.send('POST', '/api/v1/subscribers', { ...body, ...more }, { as: 'Director' });
    const elsewhere = await send({ address: 'https://abonne.exemple.fr/p7~h2' });
    expect([elsewhere.status, elsewhere.body.code, elsewhere.body.rule]).toEqual([
      422,
      'subscriber-address-refused',
      'charter:4.2b',
    ]);
    expect(elsewhere.text).not.toContain('p7~h2');
    expect((await send({ agreementOn: '2026-06-03' })).body.code).toBe('date-in-future');
    expect((await send({ topics: [] })).body.code).toBe('validation-failed');
    expect((await send({ topics: ['member'] })).body.code).toBe('validation-failed');
    expect((await send({ address: 'http://localhost/ é' })).body.code).toBe('validation-failed');
    const unknown = await slice.send(
      'POST',
      '/api/v1/subscribers/nobody/end',
      { reason: 'breach' },
      { as: 'Director' },
    );
    expect([unknown.status, unknown.body.code]).toEqual([404, 'subscriber-unknown']);
  });

  it('come once, whatever is repeated under one key', async () => {
    const headers = { 'idempotency-key': 'abonne-1' };
    const once = await slice.send('POST', '/api/v1/subscribers', body, { as: 'Director', headers });
    const again = await slice.send('POST', '/api/v1/subscribers', body, { as: 'Director', headers });
    expect(again.body.id).toBe(once.body.id);
    await slice.settled();
    expect((await slice.ok('Auditor', 'GET', '/subscribers')).items).toHaveLength(1);
  });

  it('that fail eighteen times in a row wait for the Director in the work list, in plain words [charter:4.2b]', async () => {
    const failing = async () => (await slice.ok('Director', 'GET', '/work')).toDecide.subscribersFailing;
    const id = await register();
    for (let attempt = 1; attempt <= 18; attempt += 1) {
      expect(await failing()).toEqual({ items: [], total: 0 });
      expect(await give(failure(id, attempt))).toBe('accepted');
    }
    expect(await failing()).toMatchObject({
      total: 1,
      items: [{ subscriberId: id, attempts: 18, lastFault: 'status', lastStatus: 503 }],
    });
    expect((await failing()).items[0].detail).toBe(
      'Plus rien n’est envoyé à un abonné depuis le mardi 2 juin 2026, 9 h, après 18 essais sans succès : sa machine refuse les envois (réponse 503). Voyez avec lui, corrigez son adresse s’il le faut, puis reprenez les envois ; ou mettez-y fin.',
    );
    expect(JSON.stringify(await failing())).not.toContain('Fédération');
    await slice.ok('Director', 'POST', `/subscribers/${id}/pause`, {});
    await slice.settled();
    expect((await failing()).total).toBe(0);
    await slice.ok('Director', 'POST', `/subscribers/${id}/resume`, {});
    expect(await give(failure(id, 1))).toBe('accepted');
    expect((await failing()).total).toBe(0);
  });
});

describe('subscribers as recipients', () => {
  it('stand in the register of processing while they are, and in a member’s copy after that too [charter:4.2b] [charter:4.3]', async () => {
    const { memberId } = await finishedStory(slice);
    const [stays, ends, never] = [
      await register(),
      await register({ subscriberName: 'Ancienne Ligue' }),
      await register({ subscriberName: 'Jamais Servie' }),
    ];
    await slice.ok('Director', 'POST', `/subscribers/${stays}/pause`);
    await give(delivery(ends, 1));
    for (const id of [ends, never])
      await slice.ok('Director', 'POST', `/subscribers/${id}/end`, { reason: 'agreement-ended' });
    await slice.settled();
    const { entries } = await slice.ok('Auditor', 'GET', '/registers/processing');
    const recipients = (code: string) =>
      entries.find((one: { code: string }) => one.code === code).recipients.join('\n') as string;
    for (const code of ['support', 'complaints']) {
      expect(recipients(code)).toContain(`${NAME} (Compter les interventions de ses associations), abonné`);
      expect(recipients(code)).not.toMatch(/Ligue|Jamais/);
    }
    expect(recipients('members')).not.toContain(NAME);
    const page = await slice.send('GET', '/api/v1/registers/processing?format=html', undefined, { as: 'Auditor' });
    expect(page.text).toContain(NAME);

    const { id } = await slice.ok('Director', 'POST', `/members/${memberId}/exports`);
    await slice.settled();
    const { about } = await slice.ok('Director', 'GET', `/exports/${id}`);
    expect(about.recipients.join('\n')).toContain(`${NAME} (`);
    expect(about.recipients.join('\n')).toMatch(/Ancienne Ligue .*jusqu’au /);
    expect(about.recipients.join('\n')).not.toContain('Jamais');
  });

  it('are nowhere readable in what is stored [charter:4.2b]', async () => {
    const id = await register();
    const stored: string[] = [];
    for await (const one of slice.temoin.eventStore.readAll())
      stored.push(one.stream, Buffer.from(one.data).toString(), Buffer.from(one.metadata).toString());
    for (const { schema } of slice.temoin.views)
      for (const { name } of schema.collections)
        for await (const one of slice.temoin.viewStore.scan(schema, name)) stored.push(JSON.stringify(one));
    const all = stored.join('\n');
    expect(all).toContain(`subscriber-${id}`);
    for (const secret of ['Fédération', 'Compter', 'p7~h2']) expect(all).not.toContain(secret);
  });
});
