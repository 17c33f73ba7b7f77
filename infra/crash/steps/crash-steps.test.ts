import { crashAtSteps } from './step-runs.js';

describe('kill -9 at a named step', () => {
  it('loses nothing that was acknowledged and leaves nothing half done, in a rebuild too', async () => {
    const totals = await crashAtSteps({ runs: 4, seed: 20_260_602, from: 4 });
    expect(totals.faults).toEqual([]);
    expect(totals.deaths).toMatchObject({ 'after-append': 1, 'before-view-step': 1, 'during-view-step': 1 });
    expect(totals.historyCalls).toBeGreaterThan(50);
  }, 120_000);
});
