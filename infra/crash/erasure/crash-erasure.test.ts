import { crashErasures } from './erasure-runs.js';

describe('kill -9 in erasures, retention runs, rotations, backups and restores', () => {
  it('brings nothing back and loses nothing that lives [charter:4.3] [charter:4.4c]', async () => {
    const totals = await crashErasures({ runs: 10, seed: 20_260_602 });
    expect(totals.faults).toEqual([]);
    expect(Object.values(totals.kills)).toEqual([2, 2, 2, 2, 2]);
    expect(totals.steps.size).toBeGreaterThanOrEqual(8);
    expect(totals.valuesOpened).toBeGreaterThan(500);
  });
});
