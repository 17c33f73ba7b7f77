import { crashCopies } from './copy-runs.js';

describe('kill -9 of a copy of the log', () => {
  it('loses nothing: it goes on where it was cut, to the same digest', async () => {
    const totals = await crashCopies({ runs: 4, seed: 20_260_602 });
    expect(totals.faults).toEqual([]);
    expect(totals).toMatchObject({ died: 4, finished: 1 });
    expect(totals.events).toBeGreaterThan(50);
  });
});
