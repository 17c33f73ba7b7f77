import { operationNames } from '#nest-shell/operations/operations.js';
import { openSlice, type Slice } from './slice.js';

type Json = Record<string, unknown>;

describe('the OpenAPI document', () => {
  let slice: Slice;
  let document: { openapi: string; paths: Record<string, Record<string, Json>>; components: Record<string, Json> };
  beforeAll(async () => {
    slice = await openSlice();
    document = (await slice.send('GET', '/openapi.json')).body;
  });
  afterAll(() => slice.close());
  const operationsIn = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
    );

  it('is OpenAPI 3.1: every reference resolves, no keyword of 3.0 is left', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const text = JSON.stringify(document);
    for (const [, group = '', name = ''] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g))
      expect(document.components[group]).toHaveProperty(name);
    expect(text).not.toMatch(/"nullable":|"exclusiveMinimum":true/);
    for (const { operation } of operationsIn())
      for (const parameter of (operation.parameters ?? []) as Json[])
        expect(Array.isArray(parameter.examples)).toBe(false);
  });

  it('names every operation once, with its security, its problems and its parameters', () => {
    const names = operationsIn().map(({ operation }) => operation.operationId);
    expect([...names].sort()).toEqual([...operationNames].sort());
    for (const { path, operation } of operationsIn()) {
      const open = path.startsWith('/health') || path.startsWith('/.well-known');
      expect(operation.security ?? []).toEqual(open ? [] : [{ bearer: [] }]);
      const inPath = ((operation.parameters ?? []) as Json[]).filter((one) => one.in === 'path').map((one) => one.name);
      expect(inPath.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
      const responses = operation.responses as Record<string, Json>;
      for (const status of open ? ['503'] : ['401', '403', '422', '429'])
        expect(responses[status]?.content).toHaveProperty('application/problem+json');
    }
  });

  it('has an example for every body, and each example passes validation', async () => {
    for (const { path, method, operation } of operationsIn()) {
      const body = operation.requestBody as { content: { 'application/json': { example: unknown } } } | undefined;
      if (body === undefined) continue;
      const { example } = body.content['application/json'];
      expect(example).toBeDefined();
      const role = /Roles: (\w+)/.exec(String(operation.description))?.[1] as 'Auditor';
      const address = path.replace(/\{\w+\}/g, 'nothing');
      const headers = { 'if-match': '"0"' };
      const answer = await slice.send(method.toUpperCase(), address, example, { as: role, headers });
      expect([path, answer.status === 422 ? answer.body.code : 'fine']).not.toEqual([path, 'validation-failed']);
    }
  });

  it('can be read on a page that needs no other machine', async () => {
    const page = await slice.send('GET', '/docs');
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/(src|href)="https?:/);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    const parts = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(parts).toContain('/docs/swagger-ui-bundle.js');
    for (const part of parts) expect([part, (await slice.send('GET', part)).status]).toEqual([part, 200]);
  });

  it('is described whole: no body class without documented fields', () => {
    const schemas = document.components.schemas as Record<string, Json>;
    for (const [name, schema] of Object.entries(schemas))
      if (name.endsWith('Body')) expect(schema.additionalProperties).toBe(false);
  });
});
