import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeclaration } from '#nest-shell/problems/refusal-definitions.js';
import { problemTypes } from '#nest-shell/problems/registry.js';
import { projectFolder } from '#testing/shared-data.js';
import { openSlice, type Slice } from './slice.js';

async function* modulesOf(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* modulesOf(path);
    else if (entry.name.endsWith('.js') && !entry.name.includes('.test.')) yield path;
  }
}

describe('the problem registry', () => {
  let slice: Slice;
  beforeAll(async () => {
    slice = await openSlice();
  });
  afterAll(() => slice.close());

  it('knows every refusal that the domain declares', async () => {
    const declared = new Set<unknown>();
    for await (const path of modulesOf(join(projectFolder, 'dist', 'libs', 'domain')))
      for (const value of Object.values((await import(path)) as object)) if (isDeclaration(value)) declared.add(value);
    const codes = [...declared].map((one) => (one as { readonly code: string }).code);
    expect(codes.length).toBeGreaterThan(60);
    expect(codes.filter((code) => !problemTypes.has(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('has a page for every problem, and an index', async () => {
    for (const { code, detail } of problemTypes.values()) {
      const page = await slice.send('GET', `/problems/${code}`);
      expect(page.status).toBe(200);
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.text).toContain(code);
      expect(page.text).not.toMatch(/https?:\/\//);
      expect(detail).toMatch(/\p{L}.*[.?!…]$/u);
      expect(detail).not.toContain('undefined');
    }
    expect((await slice.send('GET', '/problems')).text).toContain('/problems/stream-moved-on');
    expect((await slice.send('GET', '/problems/nothing')).status).toBe(404);
  });

  it('answers RFC 9457, French words and a correlation id, and echoes nothing', async () => {
    const answer = await slice.send('POST', '/api/v1/staff', { name: 'X', '<secret>': 1 }, { as: 'Administrator' });
    expect(answer.status).toBe(422);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ type: '/problems/validation-failed', status: 422, title: expect.any(String) });
    expect(answer.body.correlationId).toBe(answer.headers['x-correlation-id']);
    expect(answer.body.detail).toMatch(/éléments/);
  });

  it.each([
    ['an unknown address', 'GET', '/nothing', undefined, {}, 404, 'unknown-route'],
    ['an unknown address of the API', 'GET', '/api/v1/nothing', undefined, {}, 404, 'unknown-route'],
    ['an unreadable address', 'GET', '/api/v1/members/%E0%A4%A', undefined, {}, 400, 'malformed-request'],
    ['a reference of the wrong form', 'GET', '/api/v1/staff/%24ne', undefined, {}, 404, 'not-found'],
    ['an endless reference', 'GET', `/api/v1/staff/${'a'.repeat(300)}`, undefined, {}, 414, 'address-too-long'],
    [
      'another content type',
      'POST',
      '/api/v1/staff',
      'a=b',
      { 'content-type': 'text/plain' },
      415,
      'unsupported-media-type',
    ],
    ['a compressed body', 'POST', '/api/v1/staff', '{}', { 'content-encoding': 'gzip' }, 415, 'unsupported-media-type'],
    ['broken JSON', 'POST', '/api/v1/staff', '{"name":', {}, 400, 'malformed-body'],
    [
      'deep JSON',
      'POST',
      '/api/v1/staff',
      `{"name":${'['.repeat(5000)}${']'.repeat(5000)}}`,
      {},
      400,
      'malformed-body',
    ],
    ['a huge body', 'POST', '/api/v1/staff', JSON.stringify({ name: 'x'.repeat(300_000) }), {}, 413, 'body-too-large'],
    ['a prototype key', 'POST', '/api/v1/staff', '{"name":"x","__proto__":{"a":1}}', {}, 422, 'validation-failed'],
    ['a constructor key', 'POST', '/api/v1/staff', '{"name":"x","constructor":{"a":1}}', {}, 422, 'validation-failed'],
    ['a list as body', 'POST', '/api/v1/staff', '[]', {}, 422, 'validation-failed'],
    ['null as body', 'POST', '/api/v1/staff', 'null', {}, 422, 'validation-failed'],
    ['an operator as value', 'POST', '/api/v1/staff', '{"name":{"$ne":null}}', {}, 422, 'validation-failed'],
    ['an unknown parameter', 'GET', '/api/v1/staff?where=1', undefined, {}, 400, 'malformed-request'],
    ['a page too large', 'GET', '/api/v1/staff?limit=100000', undefined, {}, 400, 'malformed-request'],
    ['a parameter given twice', 'GET', '/api/v1/staff?limit=1&limit=2', undefined, {}, 400, 'malformed-request'],
    ['a made-up cursor', 'GET', '/api/v1/staff?cursor=%27%20OR%201', undefined, {}, 400, 'malformed-request'],
    ['a bad If-Match', 'POST', '/api/v1/staff', '{"name":"x"}', { 'if-match': 'W/"1"' }, 400, 'malformed-request'],
    [
      'a bad Idempotency-Key',
      'POST',
      '/api/v1/staff',
      '{"name":"x"}',
      { 'idempotency-key': 'a b' },
      400,
      'malformed-request',
    ],
  ] as const)('%s → its problem', async (_, method, path, body, headers, status, code) => {
    const answer = await slice.send(method, path, body, { as: 'Administrator', headers });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/ at .*\.[jt]s:\d|node_modules/);
    expect(slice.faults).toEqual([]);
  });
});
