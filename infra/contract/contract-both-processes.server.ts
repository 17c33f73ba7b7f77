import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DestructionDocument, destructionsView } from '#views/destructions.js';
import { findAll } from '#views/query.js';
import { loadConfiguration } from '../../apps/composition/configuration.js';
import { type Installation, openInstallation } from '../../apps/composition/installation.js';
import { LEASE_MS } from '../../apps/composition/owning.js';
import { decideErasure, hire, register, settled } from '../crash/erasure/population.js';
import { type ServiceProcess, startService } from '../demo/service-process.js';
import { type BothServers, bothServers } from './both-servers.js';
import type { MongoKind } from './mongo-process.js';

/** Beyond the lease, for a slow machine: what a start, a look and a step may take. */
const ROOM_MS = 15_000;

/** Events on EventStoreDB, views and keys on MongoDB, three processes of one installation. */
describe.each<MongoKind>(['replica set', 'standalone'])('three processes on EventStoreDB and MongoDB, %s', (kind) => {
  let folder: string;
  let servers: BothServers;
  let env: Readonly<Record<string, string>>;
  let running: ServiceProcess[] = [];
  let tool: Installation;
  /** The last answer: what a test that waits in vain shows. */
  let said = '';
  let front: ServiceProcess;
  let workers: readonly [ServiceProcess, ServiceProcess];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'temoin-both-'));
    servers = await bothServers(folder, kind);
    env = {
      ...servers.settings,
      TEMOIN_ERASURE_LEDGER: join(folder, 'ledger', 'erasures.jsonl'),
      TEMOIN_NIGHTLY_AT: 'off',
      TEMOIN_LOG_LEVEL: 'info',
    };
    const first = await start('worker');
    front = await start('api');
    workers = [first, await start('worker')];
    const config = loadConfiguration(env, ['--data', join(folder, 'data')]);
    tool = await openInstallation(config, { lock: false, create: false, project: false });
  }, 240_000);
  afterAll(async () => {
    await tool?.close();
    for (const one of running) process.kill(one.pid, 'SIGCONT');
    await Promise.all(running.map((one) => one.stop().catch(() => undefined)));
    await servers?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 120_000);

  async function start(role: string): Promise<ServiceProcess> {
    const service = await startService({
      data: join(folder, 'data'),
      env: { ...env, TEMOIN_ROLE: role },
      patienceMs: 180_000,
    });
    running.push(service);
    void service.ended.then(() => {
      running = running.filter((one) => one !== service);
    });
    return service;
  }
  async function api(path: string, body?: unknown, token = front.token) {
    const answer = await fetch(`${front.url}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    said = `${answer.status} ${text.slice(0, 300)}`;
    return { status: answer.status, text };
  }
  async function hired(name: string): Promise<string> {
    const { status, text } = await api('/staff', { name });
    expect({ status, text }).toMatchObject({ status: 201 });
    return (JSON.parse(text) as { readonly position: string }).position;
  }
  const turn = async () => (await tool.temoin.viewStore.leases('worker'))[0];
  async function until(what: string, seen: () => Promise<boolean>, longest = LEASE_MS + ROOM_MS): Promise<number> {
    for (const started = Date.now(); ; await sleep(100)) {
      if (await seen()) return Date.now() - started;
      if (Date.now() - started > longest) throw new Error(`${what}: not within ${longest} ms; ${said}`);
    }
  }

  it('read at once what was done in another, and go on within the lease when the projecting one is killed under load', async () => {
    const position = await hired('Camille Exemple');
    const list = await api(`/staff?waitFor=${position}`);
    expect(list).toMatchObject({ status: 200, text: expect.stringContaining('Camille Exemple') });
    const before = await turn();
    expect(before).toBeDefined();

    const positions: string[] = [];
    let loaded = true;
    const load = Array.from({ length: 4 }, async (_, writer) => {
      for (let number = 0; loaded; number += 1) {
        positions.push(await hired(`Personne ${writer}.${number}.`));
        await sleep(20);
      }
    });
    await sleep(500);
    await workers[0].kill();
    const taken = await until('nobody took over', async () => {
      const now = await turn();
      return now !== undefined && now.owner !== before?.owner;
    });
    expect(taken).toBeLessThan(LEASE_MS + ROOM_MS);
    expect((await turn())?.token).toBeGreaterThan(before?.token ?? 0);
    await sleep(500);
    loaded = false;
    await Promise.all(load);
    const last = [...positions].sort().at(-1);
    await until('not read', async () => (await api(`/staff?limit=1&waitFor=${last}`)).status === 200);
    const documents = await tool.temoin.viewStore.count(staffSchema(tool), { collection: 'staff' });
    // the first administrator, Camille, and everybody whose registration was answered
    expect(documents).toBe(positions.length + 2);
    workers = [workers[1], await start('worker')];
  }, 180_000);

  it('fence off the one that stood still: another projects, and the first says that it lost its turn', async () => {
    const before = await turn();
    process.kill(workers[0].pid, 'SIGSTOP');
    await until('nobody took over', async () => {
      const now = await turn();
      return now !== undefined && now.owner !== before?.owner;
    });
    const position = await hired('Dominique Exemple');
    await until('not read', async () => (await api(`/staff?limit=1&waitFor=${position}`)).status === 200);
    process.kill(workers[0].pid, 'SIGCONT');
    await until('not said', async () => workers[0].output().includes('another process projects'));
    expect((await turn())?.owner).not.toBe(before?.owner);
  }, 120_000);

  it('hold up an erasure until each has dropped its keys, or its lease has run out [charter:4.4c]', async () => {
    const { temoin } = tool;
    await hire(temoin);
    const person = await register(temoin, 1);
    const other = await register(temoin, 2);
    await settled(temoin);
    const director = JSON.parse((await api('/staff', { name: 'Basile Imaginaire' })).text) as { readonly id: string };
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const issued = await api('/tokens', { staffId: director.id, roles: ['Director', 'SupportLead'], expiresAt });
    const { token } = JSON.parse(issued.text) as { readonly token: string };
    const shown = (id: string) => api(`/members/${id}?purpose=dispute`, undefined, token);
    await until('not shown', async () => (await shown('m1')).text.includes('Personne fictive 1'));
    const certified = async (memberId: string) => {
      const all = await findAll<DestructionDocument>(temoin.viewStore, destructionsView.schema, {
        collection: 'destructions',
      });
      return all.some((one) => one.complete && JSON.stringify(one).includes(memberId));
    };

    await decideErasure(temoin, other);
    const quick = await until('not erased', () => certified('m2'));
    // The one that answers stands still, with keys in its memory.
    process.kill(front.pid, 'SIGSTOP');
    await decideErasure(temoin, person);
    const slow = await until('not erased', () => certified('m1'), 3 * LEASE_MS + ROOM_MS);
    process.kill(front.pid, 'SIGCONT');
    expect(slow).toBeGreaterThan(LEASE_MS / 3);
    expect(slow).toBeGreaterThan(quick);
    const after = await shown('m1');
    expect(after.text).not.toContain('Personne fictive 1');
  }, 180_000);

  it('leave views behind that are what a rebuild makes, and give their leases back', async () => {
    await Promise.all(running.map((one) => one.stop()));
    expect(await turn()).toBeUndefined();
    const config = loadConfiguration(env, ['--data', join(folder, 'data')]);
    const alone = await openInstallation(config, { lock: false, create: false, project: true });
    try {
      await settled(alone.temoin);
      for (const { schema } of alone.temoin.views)
        expect(await alone.temoin.rebuild(schema.name)).toMatchObject({ differences: [], parked: [] });
    } finally {
      await alone.close();
    }
  }, 120_000);
});

function staffSchema({ temoin }: Installation) {
  const found = temoin.views.find(({ schema }) => schema.name === 'staff');
  if (found === undefined) throw new Error('there is no view of staff');
  return found.schema;
}
