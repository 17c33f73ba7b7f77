import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import { type ServiceProcess, startService } from '../../infra/demo/service-process.js';
import { run } from '../cli/run.js';

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
    const list = await api(front, token, `/api/v1/staff?waitFor=${position}`);
    expect(list.status).toBe(200);
    expect(JSON.stringify(list.body)).toContain('Camille Exemple');

    const positions: string[] = [];
    let loaded = true;
    const load = Array.from({ length: 4 }, async (_, writer) => {
      for (let number = 0; loaded; number += 1) {
        const name = `Personne ${writer}.${number}.`;
        positions.push(await registered(front, token, name));
        await sleep(20);
      }
    });
    await sleep(500);
    await first.kill();
    await sleep(1000);
    const during = positions.at(-1);
    const until = Date.now() + 30_000;
    while ((await api(front, token, `/api/v1/staff?limit=1&waitFor=${during}`)).status !== 200) {
      if (Date.now() > until) throw new Error(`nobody took over:\n${second.output()}`);
      await sleep(300);
    }
    loaded = false;
    await Promise.all(load);
    const last = [...positions].sort().at(-1);
    expect((await api(front, token, `/api/v1/staff?limit=1&waitFor=${last}`)).status).toBe(200);
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
    process.kill(first.pid, 'SIGSTOP');
    const second = await start('worker');
    const until = Date.now() + 30_000;
    while ((await owner()) === before || (await owner()) === undefined) {
      if (Date.now() > until) throw new Error(`nobody took over:\n${second.output()}`);
      await sleep(300);
    }
    process.kill(first.pid, 'SIGCONT');
    for (const end = Date.now() + 15_000; !first.output().includes('another process projects'); ) {
      if (Date.now() > end) throw new Error(first.output());
      await sleep(200);
    }
    await second.stop();
  });

  it('is refused beside a service that does everything', async () => {
    const all = await start('all');
    await expect(start('api')).rejects.toThrow(/already|runs on the data folder/);
    await all.stop();
  });
});
