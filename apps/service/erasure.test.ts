import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { verifyCertificate } from '#evidence/certificate.js';
import { publicKeyFrom } from '#evidence/signature.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import { finishedStory, receive } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';
import { prepareStory, publishCharter, type Story, tellStory } from './slice-story.js';

const as = 'Director' as const;

/** Receives, checks and decides: everything goes that may. @returns the case */
async function decide(slice: Slice, memberId: string, change: (line: Line) => object = suggested): Promise<string> {
  const rightsId = await receive(slice, memberId, 'erasure');
  await slice.ok('SupportLead', 'POST', `/rights/${rightsId}/identity`, { method: 'membership-number' });
  await slice.settled();
  const { lines } = await slice.ok(as, 'GET', `/rights/${rightsId}/grid`);
  const grid = (lines as readonly Line[]).map((line) => ({ cell: line.cell, ...change(line) }));
  await slice.ok(as, 'POST', `/rights/${rightsId}/decision`, { grounds: [], reasons: 'Demande fondée.', grid });
  await slice.settled();
  return rightsId;
}
interface Line {
  readonly cell: string;
  readonly kind: string;
  readonly suggestion: object;
}
const suggested = (line: Line): object => line.suggestion;

describe('an erased member over HTTP', () => {
  let slice: Slice;
  let story: Story;
  let rightsId: string;
  let proof: string;
  beforeAll(async () => {
    slice = await openSlice();
    story = await finishedStory(slice);
    slice.moveTo('2026-06-02T12:00:00.000Z');
    rightsId = await decide(slice, story.memberId);
    proof = `erasure-${rightsId}`;
    const waiting = await slice.send('GET', `/api/v1/destructions/${proof}/certificate`, undefined, { as });
    expect([waiting.status, waiting.body.code]).toEqual([404, 'certificate-not-issued']);
    expect(await slice.erasure.finish()).toEqual([]);
    await slice.settled();
  });
  afterAll(() => slice.close());
  const get = (path: string, headers = {}) => slice.send('GET', path, undefined, { as, headers });

  it('answers with placeholders and their proof, never with a failure [charter:4.3]', async () => {
    const member = await slice.ok(as, 'GET', `/members/${story.memberId}?purpose=rights`);
    expect(member.identity.name).toMatchObject({ state: 'erased', proof });
    const entry = await slice.ok(as, 'GET', `/journal/${story.sessionId}?purpose=rights`);
    expect(entry.session.stateBefore.state).toMatchObject({ state: 'erased', proof });
    expect(JSON.stringify(entry)).not.toContain('imprim');
    const found = await slice.ok(as, 'POST', '/members/search', { text: 'Fictive' });
    expect(found.items).toEqual([]);
  });

  it('has a destruction and a signed certificate, as a file and as a page', async () => {
    const destruction = await slice.ok(as, 'GET', `/destructions/${proof}`);
    expect(destruction).toMatchObject({ status: 'certified', complete: true, reference: rightsId, cause: 'erasure' });
    expect((await slice.ok('Auditor', 'GET', '/destructions')).items).toHaveLength(1);
    const file = await get(`/api/v1/destructions/${proof}/certificate`);
    expect(file.headers['content-type']).toContain('application/json');
    const jwk = await slice.send('GET', '/.well-known/temoin-signing-key.json');
    const key = publicKeyFrom(jwk.text);
    expect(key && verifyCertificate(file.text, key)).toMatchObject({ ok: true, certificate: { result: 'complete' } });
    for (const page of [
      await get(`/api/v1/destructions/${proof}/certificate.html`),
      await get(`/api/v1/destructions/${proof}/certificate`, { accept: 'text/html,application/xhtml+xml' }),
    ]) {
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.text).toContain('Effacement complet');
    }
    for (const text of [file.text, JSON.stringify(destruction)]) expect(text).not.toMatch(/Fictive|imprim/);
    expect((await slice.send('GET', `/api/v1/destructions/${proof}`, undefined, { as: 'Technician' })).status).toBe(
      403,
    );
    expect((await get('/api/v1/destructions/none')).status).toBe(404);
  });

  it('takes no personal data any more, and says since when; what holds none goes on', async () => {
    const correction = { name: 'Autre Nom', reason: 'other' };
    const headers = { 'if-match': '*' };
    const refused = await slice.send('POST', `/api/v1/members/${story.memberId}/identity`, correction, { as, headers });
    expect([refused.status, refused.body]).toMatchObject([
      410,
      { code: 'erased', proof, erasedAt: '2026-06-02T12:00:00.000Z' },
    ]);
    await slice.ok(as, 'POST', `/members/${story.memberId}/unsubscribe`, {
      at: '2026-06-02T12:00:00.000Z',
      channel: 'phone',
    });
  });

  it('is erased twice without harm: a decided case is decided, another finds nothing left but its cases', async () => {
    const again = await slice.send('POST', `/api/v1/rights/${rightsId}/decision`, { grounds: [], grid: [] }, { as });
    expect([again.status, again.body.code]).toEqual([409, 'rights-decided']);
    await slice.ok(as, 'POST', `/rights/${rightsId}/answer`, { channel: 'paper', sentAt: '2026-06-02T11:00:00.000Z' });
    await slice.ok(as, 'POST', `/rights/${rightsId}/close`);
    const second = await decide(slice, story.memberId);
    expect(await slice.erasure.finish()).toEqual([]);
    await slice.settled();
    const { body } = await get(`/api/v1/destructions/erasure-${second}`);
    expect(body.cells ?? []).not.toContain(`${story.memberId}/identity`);
    expect((await slice.ok(as, 'GET', `/destructions/${proof}`)).complete).toBe(true);
  });

  it('that nobody knows cannot be asked for', async () => {
    const body = {
      kind: 'erasure',
      channel: 'email',
      receivedAt: '2026-06-02T10:00:00+02:00',
      concernsDirector: false,
    };
    const { status, body: problem } = await slice.send(
      'POST',
      '/api/v1/rights',
      { memberId: 'nobody', ...body },
      { as },
    );
    expect([status, problem.code]).toEqual([404, 'rights-member-unknown']);
  });

  it('ends with no fault', () => expect(slice.faults).toEqual([]));
});

describe('an erasure during a session', () => {
  it('keeps the session that is running, erases the rest, and the session goes on [charter:4.3]', async () => {
    const slice = await openSlice();
    const story = await tellStory(slice);
    slice.moveTo('2026-06-02T08:10:00.000Z');
    const session = `${story.memberId}/session:${story.sessionId}`;
    await expect(
      decide(slice, story.memberId, (line) => (line.cell === session ? { decision: 'erase' } : suggested(line))),
    ).rejects.toThrow(/409 .*rights-session-running/);
    const keep = { decision: 'keep', ground: 'still-running' };
    const rightsId = await decide(slice, story.memberId, (line) => (line.cell === session ? keep : suggested(line)));
    expect(await slice.erasure.finish()).toEqual([]);
    const path = `/sessions/${story.sessionId}/state-before`;
    await slice.ok('Technician', 'POST', path, { observed: true, state: 'File d’attente bloquée.' });
    await slice.settled();
    const { kept } = await slice.ok(as, 'GET', `/destructions/erasure-${rightsId}`);
    expect(kept).toContainEqual(expect.objectContaining({ cell: session, ground: 'still-running' }));
    expect(slice.faults).toEqual([]);
    await slice.close();
  });
});

describe('what cannot be read and was not erased', () => {
  it('is a problem of its own and an alarm, never a blank [charter:4.3]', async () => {
    const real = memoryKeyVault();
    let answer: 'all' | 'nothing' | 'outage' = 'all';
    const keyVault: KeyVault = {
      ...real,
      lookup: async (cells) => {
        if (answer === 'outage')
          throw Object.assign(new Error('no answer'), { name: 'KeyVaultError', code: 'unavailable' });
        return answer === 'nothing' ? cells.map(() => undefined) : real.lookup(cells);
      },
    };
    const slice = await openSlice({ temoin: { keyVault } });
    const story = await prepareStory(slice, await publishCharter(slice));
    await slice.settled();
    // keys are used for a second without asking again
    await new Promise((resolve) => setTimeout(resolve, 1300));
    const read = () => slice.send('GET', `/api/v1/members/${story.memberId}?purpose=support`, undefined, { as });
    answer = 'nothing';
    const damaged = await read();
    expect([damaged.status, damaged.body.code]).toEqual([500, 'value-unreadable']);
    expect(slice.alarms).toContainEqual(expect.objectContaining({ kind: 'values-unreadable', code: 'key-missing' }));
    const listed = await slice.ok(as, 'GET', '/members');
    expect(listed.items[0].name).toEqual({ state: 'unreadable', fault: 'key-missing' });
    answer = 'outage';
    for (const outage of [await read(), await slice.send('GET', '/api/v1/members', undefined, { as })])
      expect([outage.status, outage.body.code, outage.headers['retry-after']]).toEqual([503, 'keys-unavailable', '2']);
    answer = 'all';
    expect((await read()).status).toBe(200);
    expect(slice.faults).toEqual([]);
    await slice.close();
  });

  it('is everything while the erasure ledger is not trusted; commands that open nothing go on', async () => {
    const slice = await openSlice({ temoin: { verified: false } });
    const story = await prepareStory(slice, await publishCharter(slice));
    await slice.settled();
    const asked = await Promise.all([
      slice.send('GET', `/api/v1/members/${story.memberId}?purpose=support`, undefined, { as }),
      slice.send('GET', '/api/v1/members', undefined, { as }),
      slice.send('POST', '/api/v1/members/search', { text: 'Fictive' }, { as }),
      slice.send('GET', `/api/v1/streams/member-${story.memberId}?purpose=support`, undefined, { as }),
    ]);
    for (const one of asked) expect([one.status, one.body.code]).toEqual([503, 'erasures-unverified']);
    const ready = await slice.send('GET', '/health/ready');
    expect([ready.status, ready.body.faults]).toEqual([503, ['erasures-unverified']]);
    expect((await slice.ok(as, 'GET', '/destructions')).items).toEqual([]);
    expect(slice.faults).toEqual([]);
    await slice.close();
  });
});
