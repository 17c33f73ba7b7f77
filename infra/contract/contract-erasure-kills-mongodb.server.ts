import { crashErasures } from '../crash/erasure/erasure-runs.js';
import { keysOnMongo } from '../crash/erasure/where-keys-are.js';

describe('kill -9 in an erasure, a retention run and a rotation with the keys on MongoDB', () => {
  it('brings nothing back and loses nothing that lives [charter:4.3] [charter:4.4c]', async () => {
    const on = keysOnMongo({ TEMOIN_TEST_MONGODB_URL: process.env.TEMOIN_TEST_MONGODB_URL });
    const totals = await crashErasures({ runs: 3, seed: 20_261_125, on });
    expect(totals.faults).toEqual([]);
    expect(totals.kills).toMatchObject({ erase: 1, retention: 1, rotate: 1 });
    expect(totals.through).toBe(0);
    expect(totals.valuesOpened).toBeGreaterThan(200);
  }, 240_000);
});
