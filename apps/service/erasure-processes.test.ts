import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import { type DestructionDocument, destructionsView } from '#views/destructions.js';
import { findAll } from '#views/query.js';
import { decideErasure, hire, register, settled } from '../../infra/crash/erasure/population.js';
import { httpClient } from '../../infra/demo/http-client.js';
import { type ServiceProcess, startService, withTemporaryFolder } from '../../infra/demo/service-process.js';
import { loadConfiguration } from '../composition/configuration.js';
import { type Installation, openInstallation } from '../composition/installation.js';
import { LEASE_MS } from '../composition/owning.js';
import { standStill } from './standing-still.fixture.js';

/** Clocks are read one after the other. */
const ROUGHLY_MS = 100;

async function until(seen: () => Promise<boolean>): Promise<void> {
  while (!(await seen())) await sleep(100);
}

/** Who says of itself that it is there, and for how much longer that holds. */
async function present(data: string) {
  const views = await openSqliteViewStore({ file: join(data, 'views.sqlite') });
  try {
    const leases = await views.leases('process/');
    return new Map(leases.map(({ name, leftMs }) => [name, leftMs]));
  } finally {
    await views.close();
  }
}

const certified = async ({ temoin }: Installation, memberId: string): Promise<boolean> => {
  const all = await findAll<DestructionDocument>(temoin.viewStore, destructionsView.schema, {
    collection: 'destructions',
  });
  return all.some((one) => one.complete && JSON.stringify(one).includes(memberId));
};

/** An administrator's token makes one that may look into files. */
async function reader({ url, token = '' }: ServiceProcess): Promise<(memberId: string) => Promise<string>> {
  const admin = httpClient(url, token);
  const { id: staffId } = await admin.post('/staff', { name: 'Basile Imaginaire' });
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const issued = await admin.post('/tokens', { staffId, roles: ['Director', 'SupportLead'], expiresAt });
  const api = httpClient(url, String(issued.token));
  return async (memberId) => JSON.stringify(await api.send('GET', `/members/${memberId}?purpose=dispute`));
}

describe('an erasure beside three processes on one folder', () => {
  it('is held up until each has dropped its keys, or its lease has run out [charter:4.4c]', () =>
    withTemporaryFolder('erasing', async (folder) => {
      const data = join(folder, 'data');
      const env = { TEMOIN_NIGHTLY_AT: 'off', TEMOIN_ERASURE_LEDGER: join(folder, 'ledger', 'erasures.jsonl') };
      const running: ServiceProcess[] = [];
      const start = async (role: string) => {
        const service = await startService({ data, env: { ...env, TEMOIN_ROLE: role } });
        running.push(service);
        return service;
      };
      let tool: Installation | undefined;
      try {
        await start('worker');
        const before = await present(data);
        const front = await start('api');
        let itsName: string | undefined;
        while (itsName === undefined) itsName = [...(await present(data)).keys()].find((name) => !before.has(name));
        await start('worker');
        const config = loadConfiguration(env, ['--data', data]);
        tool = await openInstallation(config, { lock: false, create: false, project: false });
        const { temoin } = tool;
        await hire(temoin);
        const people = [await register(temoin, 1), await register(temoin, 2)] as const;
        await settled(temoin);
        const shown = await reader(front);
        await until(async () => (await shown('m1')).includes('Personne fictive 1'));

        const looked = tool;
        await decideErasure(temoin, people[1]);
        await until(() => certified(looked, 'm2'));
        // the one that answers stands still, with keys in its memory and its lease renewed lately
        let runsOutAt = 0;
        for (let left = 0; left < LEASE_MS / 2; ) {
          process.kill(front.pid, 'SIGCONT');
          await sleep(LEASE_MS / 20);
          await standStill(front.pid, data);
          const now = performance.now();
          left = (await present(data)).get(itsName) ?? 0;
          runsOutAt = now + left;
        }
        await decideErasure(temoin, people[0]);
        await until(() => certified(looked, 'm1'));
        expect(performance.now()).toBeGreaterThan(runsOutAt - ROUGHLY_MS);
        process.kill(front.pid, 'SIGCONT');
        expect(await shown('m1')).not.toContain('Personne fictive 1');
      } finally {
        await tool?.close();
        for (const { pid } of running) process.kill(pid, 'SIGCONT');
        await Promise.all(running.map((one) => one.stop()));
      }
    }));
});
