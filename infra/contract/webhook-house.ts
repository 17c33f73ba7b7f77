import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '#kernel/time.js';
import { selfSigned } from '#testing/self-signed.js';
import { openWebhookReceiver, type WebhookReceiver } from '#testing/webhook-receiver.js';
import { runSimulatedClock, type SimulatedClock } from '../../apps/composition/clocks.js';
import { loadConfiguration } from '../../apps/composition/configuration.js';
import { openInstallation } from '../../apps/composition/installation.js';
import { publish } from '../../apps/service/one-letter.fixture.js';
import { type Client, httpClient, type Json } from '../demo/http-client.js';
import { type ServiceProcess, startService } from '../demo/service-process.js';
import { bothServers } from './both-servers.js';

const STARTS_AT = '2026-06-02T07:00:00.000Z' as Instant;
const PATIENCE_MS = 300_000;

/** A subscriber of the house, with its receiver. */
export interface Listener {
  readonly id: string;
  readonly receiver: WebhookReceiver;
}

/**
 * A simulated installation on an EventStoreDB and a MongoDB of its own: one process answers, another delivers over HTTPS. Its
 * clock is the test's, so that nobody waits for the minutes between two attempts.
 */
export interface WebhookHouse {
  readonly api: Client;
  readonly clock: SimulatedClock;
  readonly processes: ReadonlySet<ServiceProcess>;
  /** The one that delivers at first. */
  readonly worker: ServiceProcess;
  startWorker(): Promise<ServiceProcess>;
  registered(): Promise<string>;
  subscribed(topics: readonly string[]): Promise<Listener>;
  standing(one: Listener): Promise<Json>;
  /** Waits until so many events are written down as given. */
  recorded(count: number, ...listeners: readonly Listener[]): Promise<void>;
  /** Stream and type of what is stored in these streams, in the order of the log. */
  logged(prefix: string): Promise<readonly (readonly [stream: string, type: string])[]>;
  close(): Promise<void>;
}

/** @throws Error naming what did not come true in time */
export async function until(what: string, seen: () => boolean | Promise<boolean>): Promise<void> {
  for (const started = Date.now(); !(await seen()); await sleep(100))
    if (Date.now() - started > PATIENCE_MS) throw new Error(`${what}: not within ${PATIENCE_MS} ms`);
}

export async function openWebhookHouse(): Promise<WebhookHouse> {
  const undo: (() => unknown)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await opened(undo)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function opened(undo: (() => unknown)[]): Promise<Omit<WebhookHouse, 'close'>> {
  const folder = await mkdtemp(join(tmpdir(), 'temoin-webhooks-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const servers = await bothServers(folder, 'replica set');
  undo.push(() => servers.stop());
  const tls = selfSigned();
  await writeFile(join(folder, 'receiver.pem'), tls.cert);
  const data = join(folder, 'data');
  const env = {
    ...servers.settings,
    TEMOIN_ERASURE_LEDGER: join(folder, 'ledger', 'erasures.jsonl'),
    TEMOIN_NIGHTLY_AT: 'off',
    TEMOIN_LOG_LEVEL: 'debug',
    TEMOIN_SIMULATE: STARTS_AT,
    NODE_EXTRA_CA_CERTS: join(folder, 'receiver.pem'),
  };
  const processes = new Set<ServiceProcess>();
  undo.push(async () => {
    for (const { pid } of processes) process.kill(pid, 'SIGCONT');
    await Promise.all([...processes].map((one) => one.stop()));
  });
  const start = async (role: string): Promise<ServiceProcess> => {
    const service = await startService({ data, env: { ...env, TEMOIN_ROLE: role }, patienceMs: 300_000 });
    processes.add(service);
    void service.ended.then(() => processes.delete(service));
    return service;
  };
  const first = await start('all');
  await first.stop();
  const clock = runSimulatedClock(data, STARTS_AT);
  undo.push(clock.close);
  const worker = await start('worker');
  const { url } = await start('api');
  const config = loadConfiguration(env, ['--data', data]);
  const tool = await openInstallation(config, { lock: false, create: false, project: false });
  undo.push(() => tool.close());
  const api = await directorOf(url, first.token ?? '');
  await publish(api);

  let numbers = 0;
  const standing: WebhookHouse['standing'] = ({ id }) => api.get(`/subscribers/${id}`);
  return {
    api,
    clock,
    processes,
    worker,
    startWorker: () => start('worker'),
    async registered() {
      numbers += 1;
      const member = { name: 'Ève Fictive', status: 'active', minor: false, membershipNumber: `A-${numbers}` };
      return String((await api.post('/members', member)).id);
    },
    async subscribed(topics) {
      const receiver = await openWebhookReceiver(tls);
      undo.push(() => receiver.close());
      const named = { subscriberName: 'Organisme Fictif', subscriberPurpose: 'Statistiques' };
      const agreed = { topics, agreementOn: '2026-06-01', address: receiver.url };
      const { id } = await api.post('/subscribers', { ...named, ...agreed });
      return { id: String(id), receiver };
    },
    standing,
    async recorded(count, ...listeners) {
      for (const one of listeners)
        await until(
          `${count} events are not written down`,
          async () => (await standing(one)).eventsDelivered === count,
        );
    },
    async logged(prefix) {
      const found: [string, string][] = [];
      for await (const { stream, type } of tool.temoin.eventStore.readAll({ streamPrefixes: [prefix] }))
        found.push([stream, type]);
      return found;
    },
  };
}

/** The first administrator gives itself a token that may decide. */
async function directorOf(url: string, token: string): Promise<Client> {
  const admin = httpClient(url, token);
  const { staffId } = await admin.get('/me');
  const roles = ['Director', 'SupportLead', 'Technician'];
  const issued = await admin.post('/tokens', { staffId, roles, expiresAt: '2027-06-01T00:00:00Z' });
  return httpClient(url, String(issued.token));
}
