import { httpClient } from '../../demo/http-client.js';
import { startService, withTemporaryFolder } from '../../demo/service-process.js';
import { checkLog } from '../check-log.js';
import { sendUntilKilled } from '../clients.js';
import { historyOfCommands } from '../history/history.js';
import { crashAtSteps } from './step-runs.js';

describe('kill -9 at a named step', () => {
  it('loses nothing that was acknowledged and leaves nothing half done, in a rebuild too', async () => {
    const totals = await crashAtSteps({ runs: 7, seed: 20_260_610 });
    expect(totals.faults).toEqual([]);
    expect(totals.deaths).toMatchObject({
      'before-append': 1,
      'after-append': 1,
      'before-view-step': 1,
      'during-view-step': 1,
      'rebuild-step': 1,
    });
    expect(totals.historyCalls).toBeGreaterThan(50);
  });

  it('would be seen if it lost something: one append answered and not stored', () =>
    withTemporaryFolder('lie', async (folder) => {
      const [data, program] = [`${folder}/data`, new URL('../bare-service.js', import.meta.url)];
      const service = await startService({ data, env: { TEMOIN_LOG_LEVEL: 'fatal' }, program });
      const api = httpClient(service.url, 'none');
      const history = historyOfCommands();
      const killAfter = { answers: 25, microseconds: 0 };
      await api.send('POST', '/arm', { at: 'lie', count: 8, microseconds: 0 });
      const { acknowledged } = await sendUntilKilled(service, api, { clients: 1, seed: 8, history, killAfter });
      const { faults, streams } = await checkLog(data, acknowledged);
      expect(faults).toContainEqual(expect.stringContaining('was acknowledged and is lost'));
      expect(history.check(streams).faults[0]).toContain('not-linearizable');
    }));
});
