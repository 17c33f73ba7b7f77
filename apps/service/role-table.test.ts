import { type Role, roles } from '#domain/shared/facts.js';
import { pathOf } from '#nest-shell/operations/operation.js';
import { operation, operationNames } from '#nest-shell/operations/operations.js';
import { openSlice, type Slice } from './slice.js';

/** Every cell of the table, over HTTP. References and bodies are made up: what counts is whether the guard lets pass. */
describe('roles × operations', () => {
  let slice: Slice;
  beforeAll(async () => {
    slice = await openSlice();
  });
  afterAll(() => slice.close());

  const addressOf = (name: (typeof operationNames)[number]): string =>
    pathOf(operation(name)).replace(/:(\w+)/g, (_, reference) =>
      reference === 'stream' ? 'charter-nothing' : 'nothing',
    );

  it.each(operationNames)('%s: every role in its cell', async (name) => {
    const { method, roles: allowed, needsIfMatch } = operation(name);
    const headers = needsIfMatch ? { 'if-match': '"0"' } : {};
    const body = method === 'GET' ? undefined : {};
    const path = addressOf(name);
    const cells = await Promise.all(
      roles.map(async (role) => [role, (await slice.send(method, path, body, { as: role, headers })).status] as const),
    );
    const anonymous = (await slice.send(method, path, body, { headers })).status;
    if (allowed === 'public') {
      expect(anonymous).toBe(200);
      return;
    }
    expect(anonymous).toBe(401);
    const passed = cells.filter(([, status]) => status !== 403).map(([role]) => role);
    expect(passed).toEqual(roles.filter((role: Role) => allowed.includes(role)));
    expect(cells.filter(([, status]) => status === 401 || status >= 500)).toEqual([]);
  });

  it('every route of the service is an operation of the table, and every operation has its route', async () => {
    const { body } = await slice.send('GET', '/openapi.json');
    const served = Object.entries(body.paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    const declared = operationNames.map((name) => `${operation(name).method} ${pathOf(operation(name))}`);
    expect(served.sort()).toEqual(declared.sort());
  });
});
