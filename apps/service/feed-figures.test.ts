import { openWebhookReceiver } from '#testing/webhook-receiver.js';
import { feedFindings } from '../cli/doctor/feed-findings.js';
import { govern, register, startSliceFeed } from './feed.fixture.js';
import { openMetrics } from './metrics.js';
import { openSlice } from './slice.js';
import { prepareStory, publishCharter } from './slice-story.js';

it('what subscribers wait for is shown in figures, and `temoin doctor` says what to do', async () => {
  const slice = await openSlice();
  const { temoin } = slice;
  const receiver = await openWebhookReceiver();
  receiver.behave(500);
  const metrics = openMetrics();
  metrics.watch({ temoin, owns: () => true, erasuresWaiting: () => 0, lastBackup: async () => undefined });
  const figures = async () => {
    await slice.settled();
    const { text } = await metrics.scrape();
    const shown = [...text.matchAll(/^temoin_webhooks_(\w+) (\S+)$/gm)];
    return Object.fromEntries(shown.map(([, name, value]) => [name, Number(value)]));
  };
  const nothing = { waiting: 0, oldest_waiting_seconds: 0, paused: 0 };
  expect(await figures()).toEqual(nothing);
  expect(await feedFindings(temoin)).toMatchObject([{ state: 'ok', says: 'aucun abonné' }]);

  const charter = await publishCharter(slice);
  await register(slice, 'a1', receiver.url);
  await prepareStory(slice, charter);
  const { feed, failed } = startSliceFeed(slice);
  await feed.look();
  expect(failed).toHaveLength(1);
  slice.moveTo('2026-06-02T07:30:00.000Z');
  expect(await figures()).toEqual({ waiting: 3, oldest_waiting_seconds: 1800, paused: 0 });
  expect(await figures()).toEqual({ waiting: 3, oldest_waiting_seconds: 1800, paused: 0 });
  expect(await feedFindings(temoin)).toMatchObject([
    { state: 'ok', figure: 3, says: expect.stringContaining('30 minutes') },
  ]);

  await govern(temoin, { type: 'PauseSubscriber', subscriberId: 'a1' });
  slice.moveTo('2026-06-02T12:00:00.000Z');
  expect(await figures()).toMatchObject({ waiting: 3, paused: 1 });
  expect(await feedFindings(temoin)).toMatchObject([
    { state: 'fault', advice: expect.stringContaining('WebhooksWait.md') },
    { state: 'note', says: expect.stringContaining('1 abonné en pause') },
  ]);

  receiver.behave(204);
  await govern(temoin, { type: 'ResumeSubscriber', subscriberId: 'a1' });
  await feed.look();
  expect(await figures()).toEqual(nothing);
  expect(await feedFindings(temoin)).toMatchObject([{ state: 'ok', says: '1 abonné actif, rien en attente' }]);
  await feed.stop();
  await receiver.close();
  await slice.close();
});
