import { crash } from './crash.js';

describe('kill -9 during a stream of acknowledged commands', () => {
  it('loses nothing that was acknowledged, doubles nothing, and leaves views as a rebuild makes them', async () => {
    const totals = await crash({ runs: 50, seed: 20_260_602 });
    expect(totals.faults).toEqual([]);
    expect(totals.acknowledged).toBeGreaterThan(500);
    expect(totals.inFlight).toBeGreaterThan(50);
    expect(totals.historyCalls).toBeGreaterThan(1000);
    expect(totals.wholeServiceRuns).toBeGreaterThanOrEqual(10);
  }, 600_000);
});
