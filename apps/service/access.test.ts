import { openSlice, type Slice } from './slice.js';

describe('identity', () => {
  let slice: Slice;
  beforeAll(async () => {
    slice = await openSlice();
  });
  afterAll(() => slice.close());
  const me = (token: string) => slice.send('GET', '/api/v1/me', undefined, { token });
  const issue = (body: object) => slice.send('POST', '/api/v1/tokens', body, { as: 'Administrator' });
  const wanted = () => ({ staffId: slice.staffId, roles: ['Technician'], expiresAt: '2026-06-03T12:00:00+02:00' });

  it('shows a new token once, and it works at once', async () => {
    const issued = await issue(wanted());
    expect(issued.status).toBe(201);
    expect(issued.body.token).toMatch(/^tem_[A-Za-z0-9_-]{43}$/);
    expect((await me(issued.body.token)).body).toMatchObject({ staffId: slice.staffId, roles: ['Technician'] });
    const list = await slice.send('GET', '/api/v1/tokens', undefined, { as: 'Administrator' });
    expect(list.text).not.toContain(issued.body.token);
    expect(list.text).not.toContain('tokenHash');
  });

  it('a revoked token opens nothing from the moment the revocation is answered', async () => {
    const { id, token } = (await issue(wanted())).body;
    expect((await me(token)).status).toBe(200);
    const revoked = await slice.send('POST', `/api/v1/tokens/${id}/revoke`, {}, { as: 'Administrator' });
    expect(revoked.status).toBe(200);
    expect((await me(token)).status).toBe(401);
  });

  it('a repeated request for a token answers the first receipt, without the secret', async () => {
    const options = { as: 'Administrator', headers: { 'idempotency-key': 'once' } } as const;
    const first = await slice.send('POST', '/api/v1/tokens', wanted(), options);
    const again = await slice.send('POST', '/api/v1/tokens', wanted(), options);
    const { token, ...receipt } = first.body;
    expect(token).toBeDefined();
    expect(again.body).toEqual(receipt);
  });

  it('an expired token opens nothing', async () => {
    const { token } = (await issue(wanted())).body;
    slice.moveTo('2026-06-03T10:00:00.000Z');
    const answer = await me(token);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  });

  it.each(['', 'tem_short', `tem_${'A'.repeat(43)}`, 'Basic abc'])('refuses %j as a token', async (token) => {
    expect((await me(token)).status).toBe(401);
  });
});

describe('limits on asking', () => {
  it('slows whoever guesses tokens, and leaves a good token alone', async () => {
    const slice = await openSlice({ limits: { failedTokens: 5 } });
    const guess = () => slice.send('GET', '/api/v1/me', undefined, { token: `tem_${'B'.repeat(43)}` });
    expect((await slice.send('GET', '/api/v1/me', undefined, { as: 'Auditor' })).status).toBe(200);
    const answers = [];
    for (let index = 0; index < 8; index += 1) answers.push(await guess());
    expect(answers.map((one) => one.status)).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await slice.send('GET', '/api/v1/me', undefined, { as: 'Auditor' })).status).toBe(200);
    await slice.close();
  });

  it('limits the requests of one token', async () => {
    const slice = await openSlice({ limits: { rateLimit: 3 } });
    const ask = () => slice.send('GET', '/api/v1/me', undefined, { as: 'Technician' });
    const statuses = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await ask()).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    await slice.close();
  });
});
