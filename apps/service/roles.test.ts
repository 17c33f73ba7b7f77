import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import { type ServiceProcess, startService } from '../../infra/demo/service-process.js';
import { run } from '../cli/run.js';
import { standStill } from './standing-still.fixture.js';

let folder: string;
let running: ServiceProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-roles-'));
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop().catch(() => undefined)));
  running = [];
  await rm(folder, { recursive: true, force: true });
});

async function start(role: string): Promise<ServiceProcess> {
  const service = await startService({
    data: join(folder, 'data'),
    env: { TEMOIN_ROLE: role, TEMOIN_LOG_LEVEL: 'info' },
  });
  running.push(service);
  return service;
}
const api = async (service: ServiceProcess, token: string, path: string, body?: unknown) => {
  const answer = await fetch(`${service.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
};
/** Who projects now, by the lease. */
async function owner(): Promise<string | undefined> {
  const views = await openSqliteViewStore({ file: join(folder, 'data', 'views.sqlite') });
  try {
    return (await views.leases('worker'))[0]?.owner;
  } finally {
    await views.close();
  }
}
/** The list that has seen this position; whoever is told that it comes later asks again. */
async function seen(service: ServiceProcess, token: string, position: string, limit = 1): Promise<object> {
  for (;;) {
    const { status, body } = await api(service, token, `/api/v1/staff?limit=${limit}&waitFor=${position}`);
    if (status === 200) return body;
    expect([status, (body as { code?: string }).code]).toEqual([503, 'view-behind']);
    await sleep(300);
  }
}
async function registered(service: ServiceProcess, token: string, name: string): Promise<string> {
  const { status, body } = await api(service, token, '/api/v1/staff', { name });
  expect({ status, body }).toMatchObject({ status: 201 });
  return (body as { position?: string }).position ?? '';
}

async function temoin(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  let out = '';
  const code = await run(['--data', join(folder, 'data'), '--json', ...args], {
    out: (text) => {
      out += text;
    },
    err: () => undefined,
    interactive: false,
    redraws: false,
    ask: async () => '',
    env: {},
  });
  return { code, out };
}

describe('a service in several processes on one folder', () => {
  it('answers in one and projects in one of two others; what was done is read at once, also after the projecting one was killed', async () => {
    const first = await start('worker');
    const front = await start('api');
    const second = await start('worker');
    const token = front.token ?? '';
    expect(token).not.toBe('');
    const before = await owner();
    expect(before).toBeDefined();

    const position = await registered(front, token, 'Camille Exemple');
    const list = await seen(front, token, position, 100);
    expect(JSON.stringify(list)).toContain('Camille Exemple');

    const positions: string[] = [];
    let loaded = true;
    const load = Array.from({ length: 4 }, async (_, writer) => {
      for (let number = 0; loaded; number += 1) {
        const name = `Personne ${writer}.${number}.`;
        positions.push(await registered(front, token, name));
        await sleep(20);
      }
    });
    while (positions.length < 20) await sleep(50);
    await first.kill();
    const struck = positions.length;
    while (positions.length < struck + 20) await sleep(50);
    const during = positions.at(-1);
    await seen(front, token, during ?? '');
    loaded = false;
    await Promise.all(load);
    const last = [...positions].sort().at(-1);
    await seen(front, token, last ?? '');
    const after = await owner();
    expect(after).toBeDefined();
    expect(after).not.toBe(before);
    await Promise.all([front.stop(), second.stop()]);
    const said = await temoin('rebuild', 'staff');
    expect(said.code).toBe(0);
    expect(JSON.parse(said.out)).toMatchObject({ differences: [], parked: [], documents: positions.length + 2 });
  });

  it('fences off the one that stood still: another projects, and the first says that it lost its turn', async () => {
    const first = await start('worker');
    const before = await owner();
    await standStill(first.pid, join(folder, 'data'));
    const second = await start('worker');
    for (let now = before; now === before || now === undefined; now = await owner()) await sleep(300);
    process.kill(first.pid, 'SIGCONT');
    while (!first.output().includes('another process projects')) await sleep(200);
    await second.stop();
  });

  it('is refused beside a service that does everything', async () => {
    const all = await start('all');
    await expect(start('api')).rejects.toThrow(/already|runs on the data folder/);
    await all.stop();
  });
});
