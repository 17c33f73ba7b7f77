import { finishedStory, receive } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';
import type { Story } from './slice-story.js';

describe('rights requests over HTTP', () => {
  let slice: Slice;
  let story: Story;
  beforeAll(async () => {
    slice = await openSlice();
    story = await finishedStory(slice);
    slice.moveTo('2026-06-02T12:00:00.000Z');
  });
  afterAll(() => slice.close());
  const get = (path: string, as: 'Director' | 'Auditor' = 'Director') => slice.ok(as, 'GET', path);

  it('the clock runs from the receipt, whoever types it in later, and says how it was found [charter:4.3]', async () => {
    const receivedAt = '2026-01-31T10:00:00+01:00';
    const rightsId = await receive(slice, story.memberId, 'access', { receivedAt, details: 'Tout ce que vous avez.' });
    await slice.settled();
    const { items } = await get('/rights?kind=access');
    expect(items[0]).toMatchObject({ rightsId, dueOn: '2026-03-02', stage: 'received' });
    expect(items[0].clock).toMatchObject({ late: true, day: 122, daysLeft: -92 });
    expect(items[0].clock.derivation).toContain('lundi 2 mars');
    expect(items[0]).not.toHaveProperty('details');
    const file = await get(`/rights/${rightsId}?purpose=rights`);
    expect(file.details).toEqual({ state: 'present', value: 'Tout ce que vous avez.' });
    const future = { memberId: story.memberId, kind: 'access', channel: 'email', concernsDirector: false };
    const refused = await slice.send(
      'POST',
      '/api/v1/rights',
      { ...future, receivedAt: '2027-01-01T00:00:00Z' },
      { as: 'Director' },
    );
    expect([refused.status, refused.body.code]).toEqual([422, 'date-in-future']);
  });

  it('a case is read for a purpose, and the reading is recorded [charter:4.2a]', async () => {
    const rightsId = await receive(slice, story.memberId, 'objection');
    await slice.settled();
    const without = await slice.send('GET', `/api/v1/rights/${rightsId}`, undefined, { as: 'Director' });
    expect(without.status).toBe(400);
    const before = (await get('/accesses')).items.length;
    await get(`/rights/${rightsId}?purpose=rights`);
    await slice.settled();
    expect((await get('/accesses')).items.length).toBe(before + 1);
  });

  it('lists by kind, stage, member and state, in pages, most urgent first', async () => {
    for (const day of ['03', '01', '02'])
      await receive(slice, story.memberId, 'portability', { receivedAt: `2026-05-${day}T10:00:00+02:00` });
    await slice.settled();
    const first = await slice.send('GET', '/api/v1/rights?kind=portability&limit=2', undefined, { as: 'Auditor' });
    const link = /<([^>]+)>/.exec(first.headers.link ?? '')?.[1] ?? '';
    const second = await slice.send('GET', link, undefined, { as: 'Auditor' });
    const due = [...first.body.items, ...second.body.items].map((one: { dueOn: string }) => one.dueOn);
    expect(due).toEqual(['2026-06-01', '2026-06-02', '2026-06-03']);
    const newest = await get('/rights?kind=portability&sort=-dueOn&limit=1');
    expect(newest.items[0].dueOn).toBe('2026-06-03');
    expect((await get(`/rights?memberId=${story.memberId}&open=false`)).items).toEqual([]);
    expect((await get('/rights?stage=withdrawn')).items).toEqual([]);
    const late = (await get('/rights?late=true')).items.map((one: { dueOn: string }) => one.dueOn);
    expect(late).toEqual(['2026-03-02', '2026-06-01']);
    expect((await get('/work')).toDecide.rightsToAnswer.items[0]).toMatchObject({ dueOn: '2026-03-02', late: true });
    expect(await slice.ok('Technician', 'GET', '/work')).not.toHaveProperty('toDecide');
  });

  it('an extension, a withdrawal and the President where the Director is concerned [charter:4.3]', async () => {
    const rightsId = await receive(slice, story.memberId, 'access', { concernsDirector: true });
    const extend = (as: 'Director' | 'President') =>
      slice.send('POST', `/api/v1/rights/${rightsId}/extension`, { reasons: 'Dossier ancien.' }, { as });
    expect((await extend('Director')).body.code).toBe('rights-needs-president');
    expect((await extend('President')).status).toBe(200);
    await slice.settled();
    const file = await get(`/rights/${rightsId}?purpose=rights`);
    expect(file.dueOn).toBe('2026-09-02');
    expect(file.extension.reasons).toEqual({ state: 'present', value: 'Dossier ancien.' });
    const letter = `/api/v1/rights/${rightsId}/extension-letter?purpose=rights&format=text`;
    const told = (await slice.send('GET', letter, undefined, { as: 'President' })).text;
    for (const words of ['mercredi 2 septembre 2026, 24 h', 'Dossier ancien.', 'Le Président'])
      expect(told).toContain(words);
    await slice.ok('SupportLead', 'POST', `/rights/${rightsId}/withdraw`);
    expect((await extend('President')).body.code).toBe('rights-request-ended');
  });

  it('is decided by the Director or a delegate of the day, not by the support lead [charter:4.3]', async () => {
    const rightsId = await receive(slice, story.memberId, 'access');
    await slice.ok('SupportLead', 'POST', `/rights/${rightsId}/identity`, { method: 'membership-number' });
    const decide = { decision: 'granted', grounds: [] };
    const path = `/api/v1/rights/${rightsId}/decision`;
    const refused = await slice.send('POST', path, decide, { as: 'SupportLead' });
    expect([refused.status, refused.body.code]).toEqual([403, 'rights-needs-director']);
    await slice.ok('Administrator', 'POST', `/staff/${slice.staffId}/offices`, {
      office: 'director-delegate',
      from: '2026-06-02',
    });
    expect((await slice.send('POST', path, decide, { as: 'SupportLead' })).status).toBe(200);
    await slice.settled();
    expect((await get(`/rights/${rightsId}?purpose=rights`)).decision).toMatchObject({ decidedAs: 'delegate' });
    const answer = await get(`/rights/${rightsId}/answer?purpose=rights`);
    expect(answer).toMatchObject({ decision: 'granted', decided: true, erased: [], kept: [] });
    const text = await slice.send('GET', `/api/v1/rights/${rightsId}/answer?purpose=rights&format=text`, undefined, {
      as: 'Director',
    });
    expect(text.headers['content-type']).toContain('text/plain');
    expect(text.text).toContain('Ève Fictive');
    expect(text.text).toContain('article 15 du RGPD');
    expect(text.text).not.toContain('CNIL');
    await slice.ok('Administrator', 'POST', `/staff/${slice.staffId}/offices/dismiss`, {
      office: 'director-delegate',
      on: '2026-06-03',
    });
  });

  it('an answer is there once it is decided, and a refusal names the ways out [charter:4.3]', async () => {
    const rightsId = await receive(slice, story.memberId, 'objection');
    const before = await slice.send('GET', `/api/v1/rights/${rightsId}/answer?purpose=rights`, undefined, {
      as: 'Director',
    });
    await slice.settled();
    const undecided = await slice.send('GET', `/api/v1/rights/${rightsId}/answer?purpose=rights`, undefined, {
      as: 'Director',
    });
    expect([before.status >= 400, undecided.status, undecided.body.code]).toEqual([true, 409, 'rights-not-decided']);
    const refuse = { decision: 'refused', grounds: ['compelling-grounds'], reasons: 'Le journal prouve <le service>.' };
    await slice.ok('Director', 'POST', `/rights/${rightsId}/decision`, refuse);
    await slice.settled();
    const page = await slice.send('GET', `/api/v1/rights/${rightsId}/answer?purpose=rights&format=html`, undefined, {
      as: 'Director',
    });
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('CNIL');
    expect(page.text).toContain('Le journal prouve &#60;le service&#62;.');
  });

  it('the stream of a case is a member’s file too: a purpose, and on record [charter:4.2a]', async () => {
    const rightsId = await receive(slice, story.memberId, 'access', { details: 'Tout.' });
    for (const stream of [`rights-${rightsId}`, `custody-${story.memberId}`]) {
      const found = await slice.send('GET', `/api/v1/streams/${stream}`, undefined, { as: 'Auditor' });
      expect([stream, found.status]).toEqual([stream, 400]);
    }
    const { items } = await slice.ok('Auditor', 'GET', `/streams/rights-${rightsId}?purpose=rights`);
    expect(items[0].data.details).toEqual({ state: 'present', value: 'Tout.' });
  });

  it('answers 404 to a case that nobody received', async () => {
    for (const path of ['', '/grid', '/answer', '/extension-letter']) {
      const found = await slice.send('GET', `/api/v1/rights/nothing${path}?purpose=rights`, undefined, {
        as: 'Director',
      });
      expect([path, found.status === 404 || (path === '/grid' && found.status === 400)]).toEqual([path, true]);
    }
  });

  it('ends with no fault', () => expect(slice.faults).toEqual([]));
});
