import { openSlice, type Slice } from './slice.js';
import { consentBody, PROBLEM, prepareStory, publishCharter, type Story, startBody } from './slice-story.js';

/** From the charter to a closed journal entry, over HTTP as a person does it. */
describe('the main job', () => {
  let slice: Slice;
  let story: Story;
  let position: string;
  beforeAll(async () => {
    slice = await openSlice();
    story = await prepareStory(slice, await publishCharter(slice));
    slice.moveTo('2026-06-02T08:01:00.000Z');
  });
  afterAll(async () => {
    expect(slice.faults).toEqual([]);
    await slice.close();
  });
  const session = async (path: string, body: object = {}) => {
    const receipt = await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/${path}`, body);
    position = receipt.position ?? position;
    return receipt;
  };
  const read = (path: string, as: Parameters<Slice['ok']>[0] = 'SupportLead') =>
    slice.ok(as, 'GET', `${path}${path.includes('?') ? '&' : '?'}waitFor=${position}`);

  const accesses = async (): Promise<readonly unknown[]> => {
    await slice.settled();
    return (await slice.ok('Auditor', 'GET', `/accesses?memberId=${story.memberId}`)).items;
  };

  it('refuses to start without consent, names the rule and the next step [charter:3.1a]', async () => {
    const slot = {
      technicianId: story.technicianId,
      startsAt: '2026-06-02T14:00:00+02:00',
      endsAt: '2026-06-02T15:00:00+02:00',
    };
    const other = await slice.ok('SupportLead', 'POST', `/requests/${story.requestId}/appointments`, slot);
    const path = `/api/v1/sessions/${other.id}/start`;
    const refused = await slice.send('POST', path, startBody(story), { as: 'Technician' });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ rule: 'charter:3.1a', detail: expect.any(String), next: expect.any(String) });
    await slice.ok('SupportLead', 'POST', `/requests/${story.requestId}/appointments/${other.id}/cancel`, {
      reason: 'member-request',
    });
  });

  it('goes from start to a closed entry [charter:8.1a]', async () => {
    expect((await session('start', startBody(story))).events).toContain('SessionStarted');
    await session('state-before', { observed: true, state: 'File d’impression bloquée.' });
    const action = await session('actions', { category: 'settings', riskClass: 'none', description: 'File vidée.' });
    expect(action.id).toMatch(/^[a-z2-7]{20}$/);
    const refused = await slice.send(
      'POST',
      `/api/v1/sessions/${story.sessionId}/close`,
      { outcome: 'resolved' },
      { as: 'Technician' },
    );
    expect(refused.status).toBe(409);
    slice.moveTo('2026-06-02T08:31:00.000Z');
    const board = await read('/board', 'Technician');
    expect(board.items[0].timer).toMatchObject({ activeSeconds: 1800, warning: 'none' });
    slice.moveTo('2026-06-02T08:47:00.000Z');
    expect((await read('/board', 'Technician')).items[0].timer.warning).toBe('approaching');
    await session('end');
    await session('state-after', { observed: true, state: 'Impression rétablie.' });
    await session('recommendations', { none: true });
    expect((await session('close', { outcome: 'resolved' })).events).toContain('SessionClosed');
  });

  it('refuses a journal entry without purpose, gives it with one, and records who read it [charter:4.2a]', async () => {
    const path = `/api/v1/journal/${story.sessionId}`;
    const without = await slice.send('GET', path, undefined, { as: 'SupportLead' });
    expect([without.status, without.body.errors[0].pointer]).toEqual([400, '/query/purpose']);
    const wrong = await slice.send('GET', `${path}?purpose=marketing`, undefined, { as: 'SupportLead' });
    expect(wrong.status).toBe(400);
    const entry = await slice.send('GET', `${path}?purpose=dispute&waitFor=${position}`, undefined, {
      as: 'SupportLead',
    });
    expect(entry.body.session.actions[0].description).toEqual({ state: 'present', value: 'File vidée.' });
    expect(entry.headers.etag).toBe(`"${entry.body.session.revision}"`);
    const read = { purpose: 'dispute', what: 'journal-entry', sessionId: story.sessionId };
    expect(await accesses()).toContainEqual(expect.objectContaining(read));
  });

  it('lists open nothing of what was said; the file does, for a purpose, and that is recorded', async () => {
    const closed = await read('/journal');
    expect(closed.items[0].problem).toBeUndefined();
    expect(closed.items[0].member.name).toEqual({ state: 'present', value: 'Ève Fictive' });
    expect(JSON.stringify(await read('/consents'))).not.toContain('signerName');
    expect(JSON.stringify(await read('/requests'))).not.toContain('imprimante');
    const request = await read(`/requests/${story.requestId}?purpose=quality`);
    expect(request.problem).toEqual({ state: 'present', value: PROBLEM });
    expect(await accesses()).toContainEqual(expect.objectContaining({ what: 'member-file', purpose: 'quality' }));
  });

  it('replays the stream for the auditor, also as it stood at a date', async () => {
    const path = `/streams/session-${story.sessionId}?purpose=rights`;
    const { items } = await slice.ok('Auditor', 'GET', path);
    expect(items.map((one: { revision: number }) => one.revision)).toEqual(
      items.map((_: unknown, index: number) => index),
    );
    expect(items.map((one: { type: string }) => one.type)).toEqual(
      expect.arrayContaining(['ConsentGiven', 'SessionStarted', 'ActionPerformed', 'SessionClosed']),
    );
    const before = await slice.ok('Auditor', 'GET', `${path}&at=2026-06-02T10:30:00%2B02:00`);
    expect(before.items.map((one: { type: string }) => one.type)).not.toContain('SessionClosed');
    expect((await slice.ok('Auditor', 'GET', `${path}&from=9999`)).items).toEqual([]);
    expect((await slice.ok('Auditor', 'GET', `${path}&at=2020-01-01T00:00:00Z`)).items).toEqual([]);
    const page = await slice.send('GET', `/api/v1${path}&limit=2`, undefined, { as: 'Auditor' });
    expect(page.body.items).toHaveLength(2);
    expect(page.headers.link).toContain('from=2');
    expect(
      (await slice.send('GET', `/api/v1/streams/session-${story.sessionId}`, undefined, { as: 'Auditor' })).status,
    ).toBe(400);
    expect((await slice.send('GET', '/api/v1/streams/staff-nobody', undefined, { as: 'Auditor' })).status).toBe(404);
  });

  it('corrects an entry with If-Match; both stay visible [A16]', async () => {
    const entry = await read(`/journal/${story.sessionId}?purpose=quality`);
    const [action] = entry.session.actions;
    const body = {
      targetEventId: action.eventId,
      field: 'description',
      value: 'File vidée et pilote remis.',
      reason: 'incomplete',
    };
    const path = `/api/v1/sessions/${story.sessionId}/corrections`;
    expect((await slice.send('POST', path, body, { as: 'Technician' })).status).toBe(428);
    const done = await slice.send('POST', path, body, {
      as: 'Technician',
      headers: { 'if-match': `"${entry.session.revision}"` },
    });
    expect(done.status).toBe(200);
    position = done.body.position;
    const after = await read(`/journal/${story.sessionId}?purpose=quality`);
    expect(after.session.corrections[0].corrected.value).toBe('File vidée et pilote remis.');
  });

  it('finds a member by name, number and telephone, and never in an address', async () => {
    for (const text of ['fictive', 'T-42', '0639981234'])
      expect((await slice.ok('SupportLead', 'POST', '/members/search', { text })).items).toHaveLength(1);
    expect((await slice.ok('SupportLead', 'POST', '/members/search', { text: 'inconnue' })).items).toEqual([]);
    expect((await slice.send('GET', '/api/v1/members?search=fictive', undefined, { as: 'SupportLead' })).status).toBe(
      400,
    );
  });

  it('forgets a member at erasure, everywhere, with the proof', async () => {
    const { vault, clock } = slice.temoin;
    const why = { destroyedAt: clock.now(), proof: 'test-erasure' };
    await vault.destroy(story.memberId as Parameters<typeof vault.destroy>[0], why);
    expect((await slice.ok('SupportLead', 'POST', '/members/search', { text: 'fictive' })).items).toEqual([]);
    const file = await slice.ok('SupportLead', 'GET', `/members/${story.memberId}?purpose=rights`);
    expect(file.identity.name).toMatchObject({ state: 'erased', proof: 'test-erasure' });
    const stream = await slice.ok('Auditor', 'GET', `/streams/session-${story.sessionId}?purpose=rights`);
    expect(JSON.stringify(stream)).not.toContain('File vidée');
    const body = { text: 'Noté après coup.' };
    const gone = await slice.send('POST', `/api/v1/sessions/${story.sessionId}/diagnoses`, body, { as: 'Technician' });
    expect([gone.status, gone.body.code, gone.body.erasedAt]).toEqual([410, 'erased', why.destroyedAt]);
  });

  it('takes a local time without offset for what it is: ambiguous', async () => {
    const body = { ...consentBody(story), givenAt: '2026-06-02T09:30:00' };
    const refused = await slice.send('POST', `/api/v1/sessions/${story.sessionId}/consent`, body, { as: 'Technician' });
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/givenAt']);
  });
});

describe('simulation', () => {
  it('says so in every answer, and its clock moves forward only', async () => {
    const slice = await openSlice();
    const answer = await slice.send('GET', '/health/live');
    expect([answer.headers['temoin-simulated'], answer.body.simulated]).toEqual(['true', true]);
    const refused = await slice.send('GET', '/api/v1/nothing');
    expect([refused.headers['temoin-simulated'], refused.body.simulated]).toEqual(['true', true]);
    const moved = await slice.ok('Administrator', 'PUT', '/simulation/clock', { to: '2026-06-02T12:00:00+02:00' });
    expect(moved.now).toBe('2026-06-02T10:00:00.000Z');
    const back = await slice.send(
      'PUT',
      '/api/v1/simulation/clock',
      { to: '2026-06-02T11:00:00+02:00' },
      { as: 'Administrator' },
    );
    expect([back.status, back.body.code]).toEqual([409, 'clock-only-forward']);
    await slice.close();
  });

  it('a real service has no clock to move and says nothing of simulation', async () => {
    const slice = await openSlice({ simulated: false });
    const answer = await slice.send('GET', '/health/live');
    expect([answer.headers['temoin-simulated'], answer.body.simulated]).toEqual([undefined, false]);
    const body = { to: '2026-06-02T12:00:00+02:00' };
    expect((await slice.send('PUT', '/api/v1/simulation/clock', body, { as: 'Administrator' })).status).toBe(404);
    await slice.close();
  });
});
