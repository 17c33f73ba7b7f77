import { openSlice, type Slice } from './slice.js';
import { publishCharter } from './slice-story.js';

describe('receipts, revisions, repetitions', () => {
  let slice: Slice;
  beforeAll(async () => {
    slice = await openSlice();
  });
  afterAll(() => slice.close());
  const lead = (path: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
    slice.send('POST', `/api/v1${path}`, body, { as: 'SupportLead', headers });
  const person = { membershipNumber: 'A-1', name: 'Ève Fictive', status: 'active', minor: false };

  it('creates with 201, Location, ETag and a receipt', async () => {
    const answer = await lead('/members', person);
    expect(answer.status).toBe(201);
    const { id } = answer.body;
    expect(answer.headers.location).toBe(`/api/v1/members/${id}`);
    expect(answer.headers.etag).toBe('"0"');
    expect(answer.body).toEqual({
      id,
      commandId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      stream: `member-${id}`,
      revision: 0,
      position: expect.any(String),
      events: ['MemberRegistered'],
    });
    const read = await slice.send(
      'GET',
      `${answer.headers.location}?purpose=support&waitFor=${answer.body.position}`,
      undefined,
      {
        as: 'SupportLead',
      },
    );
    expect(read.headers.etag).toBe('"0"');
    expect(read.body.identity.name).toEqual({ state: 'present', value: 'Ève Fictive' });
  });

  it('the same Idempotency-Key and body answer the first receipt; another body is refused', async () => {
    const key = { 'idempotency-key': 'one-and-only' };
    const first = await lead('/members', person, key);
    const again = await lead('/members', { ...person }, key);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const other = await lead('/members', { ...person, name: 'Autre' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('says where a recorded text holds what might better not be there, again when repeated [charter:3.3a]', async () => {
    const { id } = (await lead('/members', { ...person, phone: '06 39 98 12 34' })).body;
    const asked = {
      memberId: id,
      problem: 'Rappeler Mme Durand au 06 39 98 56 78.',
      channel: 'phone',
      commercialUse: false,
      confidentialDataPresent: false,
    };
    const key = { 'idempotency-key': 'warned' };
    await publishCharter(slice);
    const first = await lead('/requests', asked, key);
    expect(first.status).toBe(201);
    expect(first.body.warnings).toEqual([
      { pointer: '/problem', kind: 'third-party', detail: 'nom d’une autre personne, du caractère 14 au caractère 19' },
      { pointer: '/problem', kind: 'phone', detail: 'numéro de téléphone, du caractère 24 au caractère 37' },
    ]);
    expect(JSON.stringify(first.body)).not.toContain('Durand');
    expect((await lead('/requests', asked, key)).body).toEqual(first.body);
    expect((await lead('/requests', { ...asked, problem: 'Écran noir.' })).body).not.toHaveProperty('warnings');
  });

  it('a key counts for one person: another one’s same key is another command', async () => {
    const key = { 'idempotency-key': 'shared' };
    const mine = await lead('/members', person, key);
    const elsewhere = await lead('/requests', { nothing: true }, key);
    expect(mine.status).toBe(201);
    expect(elsewhere.status).toBe(422);
    expect(elsewhere.body.code).toBe('validation-failed');
  });

  it('If-Match with another revision → 412 and the present ETag; missing where it must be → 428', async () => {
    const { id } = (await lead('/members', person)).body;
    const correct = { name: 'Ève Corrigée', reason: 'typing-error' };
    const blind = await lead(`/members/${id}/identity`, correct);
    expect([blind.status, blind.body.code]).toEqual([428, 'precondition-required']);
    const stale = await lead(`/members/${id}/identity`, correct, { 'if-match': '"7"' });
    expect([stale.status, stale.body.code, stale.headers.etag]).toEqual([412, 'precondition-failed', '"0"']);
    const done = await lead(`/members/${id}/identity`, correct, { 'if-match': '"0"' });
    expect([done.status, done.headers.etag]).toEqual([200, '"1"']);
  });

  it('a satisfied command answers 200 and records nothing', async () => {
    const { id } = (await lead('/members', person)).body;
    const lapse = { on: '2026-06-01' };
    expect((await lead(`/members/${id}/membership/lapse`, lapse)).body.events).toEqual(['MembershipLapsed']);
    const again = await lead(`/members/${id}/membership/lapse`, lapse);
    expect([again.status, again.body.events]).toEqual([200, []]);
  });

  it('concurrent requests with one key do it once', async () => {
    const key = { 'idempotency-key': 'race' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => lead('/members', person, key)));
    expect(new Set(answers.map((one) => one.body.id)).size).toBe(1);
    expect(answers.map((one) => one.status)).toEqual(Array(8).fill(201));
  });

  it('a query asked for a position that is not there yet says so', async () => {
    const hasty = await openSlice({ limits: { viewPatienceMs: 300 } });
    const late = await hasty.send('GET', '/api/v1/members?waitFor=99999999999999999999', undefined, {
      as: 'SupportLead',
    });
    expect([late.status, late.body.code, late.headers['retry-after']]).toEqual([503, 'view-behind', '1']);
    await hasty.close();
  });
});

describe('lists', () => {
  it('page by cursor with Link, stable while members are added', async () => {
    const slice = await openSlice();
    const add = (name: string) =>
      slice.ok('SupportLead', 'POST', '/members', { membershipNumber: name, name, status: 'active', minor: false });
    let last = { position: '' };
    for (let index = 0; index < 7; index += 1) {
      slice.moveTo(`2026-06-02T08:0${index}:00.000Z`);
      last = await add(`M${index}`);
    }
    const seen: string[] = [];
    let path: string | undefined = `/api/v1/members?limit=3&sort=registeredAt&waitFor=${last.position}`;
    while (path !== undefined) {
      const page: Awaited<ReturnType<Slice['send']>> = await slice.send('GET', path, undefined, { as: 'Auditor' });
      expect(page.status).toBe(200);
      expect(page.body.asOf.position).toBeDefined();
      seen.push(...page.body.items.map((one: { membershipNumber: { value: string } }) => one.membershipNumber.value));
      if (seen.length === 3) {
        // written meanwhile: earlier in the order, so it must not show up twice nor push another out
        await add('LATE');
      }
      path = /^<([^>]+)>; rel="next"$/.exec(page.headers.link ?? '')?.[1];
    }
    expect(seen.filter((one) => one !== 'LATE')).toEqual(['M0', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6']);
    await slice.close();
  });
});
