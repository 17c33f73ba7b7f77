import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { letterPost } from '#application/letters/post-letters.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { CellId } from '#kernel/sealed.js';
import { plusMilliseconds } from '#kernel/time.js';
import { MailError } from '#ports/mailer/mailer.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { openMetrics } from './metrics.js';
import { openSlice } from './slice.js';
import { tellStory } from './slice-story.js';

/** Figures of a process in which a little of everything happened. */
async function scraped(): Promise<string> {
  const metrics = openMetrics();
  const temoin = await openMemoryTemoin();
  const lastBackup = async () => plusMilliseconds(temoin.clock.now(), -3_600_000);
  metrics.watch({ temoin, owns: () => true, erasuresWaiting: () => 2, lastBackup });
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
      'temoin_backup_age_seconds 3600',
      'temoin_stores_reachable 1',
    ])
      expect(text).toContain(line);
  });

  it('count the letters that wait, for how long, and those that did not leave, by why', async () => {
    const slice = await openSlice();
    const { temoin } = slice;
    const time = frenchCivilTime();
    await tellStory(slice);
    await dueRunner({ temoin, time, onAlarm: () => undefined })();
    await slice.settled();
    const metrics = openMetrics();
    metrics.watch({ temoin, owns: () => true, erasuresWaiting: () => 0, lastBackup: async () => undefined });
    slice.moveTo(plusMilliseconds(temoin.clock.now(), 3_600_000));
    const before = (await metrics.scrape()).text;
    expect(before).toMatch(/^temoin_mail_waiting 2$/m);
    expect(before).toMatch(/^temoin_mail_oldest_waiting_seconds 36\d\d$/m);
    expect(before).toMatch(/^temoin_mail_to_print\{reason="no-address"\} 0$/m);
    expect(before).toMatch(/^temoin_backup_age_seconds NaN$/im);
    const mailer = {
      send: async () => {
        throw new MailError('permanent', '550');
      },
      close: async () => undefined,
    };
    await letterPost({ temoin, time, mailer }).post();
    await slice.settled();
    const after = (await metrics.scrape()).text;
    expect(after).toMatch(/^temoin_mail_waiting 0$/m);
    expect(after).toMatch(/^temoin_mail_oldest_waiting_seconds 0$/m);
    expect(after).toMatch(/^temoin_mail_to_print\{reason="no-address"\} 2$/m);
    await slice.close();
  });

  it('say nothing of anybody', async () => {
    expect(await scraped()).not.toMatch(/Camille|k3f/);
  });
});
