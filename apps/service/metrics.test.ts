import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CellId } from '#kernel/sealed.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { projectFolder } from '../composition/configuration.js';
import { openMetrics } from './metrics.js';

const observability = (file: string): Promise<string> =>
  readFile(join(projectFolder, 'infra', 'observability', file), 'utf8');

/** Figures of a process in which a little of everything happened. */
async function scraped(): Promise<string> {
  const metrics = openMetrics();
  const temoin = await openMemoryTemoin();
  metrics.watch({ temoin, owns: () => true, erasuresWaiting: () => 2 });
  const counting = metrics.counting(temoin);
  const stream = 'nobody-Camille Exemple';
  await counting
    .execute({ commandId: 'c', actor: 'system', actorRoles: [], stream, command: { type: 'Unheard' } })
    .catch(() => undefined);
  metrics.onAppended('stored', 3);
  metrics.onAnswer({
    correlationId: 'x',
    method: 'GET',
    route: '/api/v1/members/:memberId',
    status: 200,
    milliseconds: 2,
  });
  metrics.onOpened([
    { state: 'present', value: 'Camille Exemple' },
    { state: 'erased', erasedAt: temoin.clock.now(), proof: 'p' },
    { state: 'unreadable', fault: 'vault-unavailable' },
  ]);
  const [answer] = await temoin.vault.seal([
    { at: { stream: 's', eventId: 'e', type: 'T', version: 1, path: 'p' }, cell: 'k3f/identity' as CellId, value: 1 },
  ]);
  expect(answer?.outcome).toBe('sealed');
  const { text } = await metrics.scrape();
  await temoin.close();
  return text;
}

describe('figures for monitoring', () => {
  it('count commands, appends, opened values, lag, poisoned streams and waiting erasures', async () => {
    const text = await scraped();
    for (const line of [
      'temoin_commands_total{command="Unheard",outcome="unknown-category"} 1',
      'temoin_append_seconds_count{outcome="stored"} 1',
      'temoin_vault_opens_total{result="present"} 1',
      'temoin_vault_opens_total{result="erased"} 1',
      'temoin_vault_opens_total{result="vault-unavailable"} 1',
      'temoin_projection_lag_events{view="visits"} 0',
      'temoin_poisoned_streams{view="visits"} 0',
      'temoin_erasures_waiting 2',
      'temoin_background_owner 1',
      'temoin_stores_reachable 1',
    ])
      expect(text).toContain(line);
  });

  it('say nothing of anybody', async () => {
    expect(await scraped()).not.toMatch(/Camille|k3f/);
  });

  it('are those that alerts and dashboard ask for, and every alert has its page', async () => {
    const text = await scraped();
    const asked = `${await observability('alerts.yaml')}${await observability('dashboard.json')}`;
    for (const [name] of asked.matchAll(/temoin_[a-z_]+/g))
      expect([name, text.includes(`# TYPE ${name.replace(/_(bucket|count|sum)$/, '')} `)]).toEqual([name, true]);
    const alerts = [...asked.matchAll(/- alert: (\w+)/g)].map(([, name]) => `${name}.md`);
    expect((await readdir(join(projectFolder, 'docs', 'guides', 'alerts'))).sort()).toEqual([...alerts].sort());
  });
});
