import { crash } from './crash.js';

describe('kill -9 during a stream of acknowledged commands, fifty seeds', () => {
  it('loses nothing that was acknowledged, doubles nothing, and leaves views as a rebuild makes them', async () => {
    const totals = await crash({ runs: 50, seed: 20_260_600 });
    expect(totals.faults).toEqual([]);
    expect(totals.lastSeed).toBe(20_260_649);
    expect(totals.acknowledged).toBeGreaterThan(500);
    expect(totals.inFlight).toBeGreaterThan(50);
    expect(totals.historyCalls).toBeGreaterThan(1000);
    expect(totals.wholeServiceRuns).toBe(10);
  });
});
