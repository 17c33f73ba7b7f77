import { memberExportSchema } from '#application/member-export/export-data.js';
import { finishedStory, receive } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';
import { consentBody, type Story } from './slice-story.js';

describe('a copy of everything held on a member over HTTP [charter:4.3]', () => {
  let slice: Slice;
  let story: Story;
  beforeAll(async () => {
    slice = await openSlice();
    story = await finishedStory(slice);
    slice.moveTo('2026-06-02T12:00:00.000Z');
    const { memberId } = story;
    await slice.ok('SupportLead', 'POST', `/members/${memberId}/representatives`, {
      capacity: 'helper',
      name: 'Tiers Inventé',
      basis: 'Présent à côté.',
    });
  });
  afterAll(() => slice.close());
  const issue = (body: object = {}, headers: Readonly<Record<string, string>> = {}) =>
    slice.send('POST', `/api/v1/members/${story.memberId}/exports`, body, { as: 'Director', headers });
  const fetch = (id: string, query = '', as: 'Director' | 'SupportLead' = 'Director') =>
    slice.send('GET', `/api/v1/exports/${id}${query}`, undefined, { as });

  it('is one command, recorded, and read as JSON by its schema and as a page in French', async () => {
    const rightsId = await receive(slice, story.memberId, 'access', { details: 'Une copie, s’il vous plaît.' });
    const issued = await issue({ rightsId });
    expect([issued.status, issued.body.events]).toEqual([201, ['MemberExportIssued']]);
    expect(issued.headers.location).toBe(`/api/v1/exports/${issued.body.id}`);
    const json = await fetch(issued.body.id);
    expect(json.status).toBe(200);
    const exported = memberExportSchema.parse(json.body);
    expect(exported.identity).toMatchObject({ name: 'Ève Fictive', phone: '06 39 98 12 34' });
    expect(new Set(exported.records.map(({ kind }) => kind))).toEqual(
      new Set(['member', 'request', 'session', 'rights']),
    );
    expect(exported.about.recipients.join()).toContain('Aucune remise de votre dossier à un tiers');
    expect(exported.about.periods[0]?.howLong).toContain('12 mois');
    for (const text of ['L’imprimante n’imprime plus.', 'File vidée.', 'Une copie, s’il vous plaît.'])
      expect(json.text).toContain(text);
    const schema = (await fetch(issued.body.id, '?format=schema')).body;
    expect(schema.$schema).toContain('2020-12');

    const page = await fetch(issued.body.id, '?format=html');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-disposition']).toContain('.html');
    for (const text of [
      'Ève Fictive',
      'File vidée.',
      'Début de l’intervention',
      'mardi 2 juin 2026, 10 h 01',
      'Destinataires',
    ])
      expect(page.text).toContain(text);
    await slice.settled();
    const consulted = (await slice.ok('Auditor', 'GET', `/accesses?memberId=${story.memberId}`)).items;
    expect(consulted[0]).toMatchObject({ what: 'export', purpose: 'rights' });
  });

  it('holds every event that is about the member, and nothing of another', async () => {
    const person = { membershipNumber: 'T-43', name: 'Autre Adhérente', status: 'active', minor: false };
    await slice.ok('SupportLead', 'POST', '/members', person);
    const { id } = (await issue()).body;
    const { text, body } = await fetch(id);
    expect(text).not.toContain('Autre Adhérente');
    const held = new Set<string>();
    for await (const { type, eventId, data } of slice.temoin.eventStore.readAll())
      if (Buffer.from(data).toString().includes(`"memberId":"${story.memberId}"`) && type !== 'FileConsulted')
        held.add(eventId);
    const given = new Set(
      memberExportSchema.parse(body).records.flatMap(({ events }) => events.map((one) => one.eventId)),
    );
    const issuedItself = [...held].filter((one) => !given.has(one));
    // only what was recorded after the copy was put together: that it was issued, and read
    expect(issuedItself.length).toBeLessThanOrEqual(2);
  });

  it('masks third persons: people of the association, representatives, and the texts that are named', async () => {
    const { actions } = (await slice.ok('Director', 'GET', `/journal/${story.sessionId}?purpose=rights`)).session;
    const { id } = (await issue({ mask: [`${actions[0].eventId}.description`] })).body;
    const { text } = await fetch(id);
    for (const hidden of ['Tiers Inventé', 'Présent à côté.', 'File vidée.', story.technicianId, slice.staffId])
      expect(text).not.toContain(hidden);
    expect(text).toContain('"masked": "third-person"');
    expect(text).toContain('membre de l’équipe 1');
    const page = await fetch(id, '?format=html');
    expect(page.text).toContain('[masqué : concerne une autre personne]');
  });

  it('says what the member provided themselves: owed under portability', async () => {
    const { id } = (await issue()).body;
    const events = memberExportSchema.parse((await fetch(id)).body).records.flatMap((one) => one.events);
    const provided = (type: string) => events.find((one) => one.type === type)?.providedByMember;
    const portable = await fetch(id, '?format=portability');
    expect(portable.headers['content-disposition']).toContain('donnees-fournies_');
    const part = memberExportSchema.parse(portable.body).records.flatMap((one) => one.events);
    expect(part.length).toBeGreaterThan(2);
    expect(part.filter((one) => !one.providedByMember)).toEqual([]);
    expect(portable.text).not.toContain('File vidée.');
    expect([provided('SupportRequested'), provided('ConsentGiven'), provided('ActionPerformed')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('the same Idempotency-Key makes one copy', async () => {
    const key = { 'idempotency-key': 'copy-1' };
    const first = await issue({}, key);
    slice.moveTo('2026-06-02T12:10:00.000Z');
    const again = await issue({}, key);
    expect(again.body).toEqual(first.body);
    expect((await fetch(first.body.id)).status).toBe(200);
  });

  it('is for the Director, a delegate or the President; a refused one leaves nothing behind', async () => {
    const path = `/api/v1/members/${story.memberId}/exports`;
    const before = await slice.memberExports.count([`${story.memberId}/identity` as never]);
    const refused = await slice.send('POST', path, {}, { as: 'SupportLead' });
    expect([refused.status, refused.body.code]).toEqual([403, 'export-needs-director']);
    expect(await slice.memberExports.count([`${story.memberId}/identity` as never])).toBe(before);
    const unknown = await slice.send('POST', '/api/v1/members/nothing/exports', {}, { as: 'Director' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'member-unknown']);
    const { id } = (await issue()).body;
    expect((await fetch(id, '', 'SupportLead')).status).toBe(200);
    expect((await slice.send('POST', path, { days: 32 }, { as: 'Director' })).status).toBe(422);
  });

  it('is gone after its validity', async () => {
    const { id } = (await issue({ days: 1 })).body;
    expect((await fetch(id)).status).toBe(200);
    slice.moveTo('2026-06-03T12:10:01.000Z');
    const gone = await fetch(id);
    expect([gone.status, gone.body.code]).toEqual([410, 'export-gone']);
    await slice.settled();
    const { items } = await slice.ok('Auditor', 'GET', `/exports?memberId=${story.memberId}`);
    expect(items.find((one: { exportId: string }) => one.exportId === id)).toMatchObject({ expired: true });
    expect((await fetch(id)).status).toBe(410);
    const { id: short } = (await issue({ days: 1 })).body;
    slice.moveTo('2026-06-05T12:00:00.000Z');
    expect(await slice.memberExports.sweep()).toBe(1);
    await slice.settled();
    expect((await fetch(short)).status).toBe(410);
    expect((await fetch('nothing')).status).toBe(404);
  });

  it('dies with any cell that it holds values of, and is forgotten and counted as an erasure asks', async () => {
    const { id } = (await issue()).body;
    const cell = `${story.memberId}/session:${story.sessionId}` as never;
    const left = await slice.memberExports.count([cell]);
    expect(left).toBeGreaterThan(0);
    expect(await slice.memberExports.count(['somebody/identity' as never])).toBe(0);
    await slice.temoin.vault.destroy(cell, { destroyedAt: slice.temoin.clock.now(), proof: 'erasure-1' });
    expect((await fetch(id)).status).toBe(410);
    expect(await slice.memberExports.forget([cell])).toBe(left - 1);
    expect(await slice.memberExports.count([cell])).toBe(0);
    expect(await slice.memberExports.forget([cell])).toBe(0);
    const next = (await issue()).body.id;
    const { text } = await fetch(next);
    expect(text).toContain('"erased": {');
    expect(text).not.toContain('File vidée.');
    expect((await fetch(next, '?format=html')).text).toContain('[effacé le vendredi 5 juin 2026');
  });

  it('ends with no fault', () => expect(slice.faults).toEqual([]));
});

describe('a consent signed by a representative', () => {
  it('is in the copy without the representative’s name', async () => {
    const slice = await openSlice();
    const { prepareStory, publishCharter } = await import('./slice-story.js');
    const story = await prepareStory(slice, await publishCharter(slice));
    const { memberId, requestId, technicianId } = story;
    const helper = { capacity: 'helper', name: 'Tiers Inventé', basis: 'Mandat.' };
    const representativeId = (await slice.ok('SupportLead', 'POST', `/members/${memberId}/representatives`, helper)).id;
    const slot = { technicianId, startsAt: '2026-06-03T10:00:00+02:00', endsAt: '2026-06-03T11:00:00+02:00' };
    const sessionId = (await slice.ok('SupportLead', 'POST', `/requests/${requestId}/appointments`, slot)).id;
    const consent = { ...consentBody(story), signerName: 'Tiers Inventé', representativeId };
    await slice.ok('Technician', 'POST', `/sessions/${sessionId}/consent`, consent);
    const { id } = await slice.ok('Director', 'POST', `/members/${memberId}/exports`);
    const { text } = await slice.send('GET', `/api/v1/exports/${id}`, undefined, { as: 'Director' });
    expect(text).not.toContain('Tiers Inventé');
    expect(text).toContain(sessionId);
    await slice.close();
  });
});
