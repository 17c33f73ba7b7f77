import { withTemporaryFolder } from '../../demo/service-process.js';
import { seeded } from '../random.js';
import { canMount } from './small-disk.js';
import { clockJumps, diskFull, readOnly, twoInstances, type Upset } from './upsets.js';

describe('what befalls the files of a service amid commands', () => {
  const mounted: readonly [string, Upset][] = [
    ['a disk that fills up and gets room again', diskFull],
    ['a start on a disk that is read-only', readOnly],
  ];
  it.each<[string, Upset]>([
    ['a clock that jumps back and forth', clockJumps],
    ['a second service on the folder', twoInstances],
    ...(canMount() ? mounted : []),
  ])('%s: nothing acknowledged is lost, views are as a rebuild makes them', (_what, upset) =>
    withTemporaryFolder('upset', async (folder) => {
      const outcome = await upset(folder, 20_260_602, seeded(20_260_602));
      // undefined: root may not mount either, as in most containers
      if (outcome === undefined) return;
      expect(outcome.faults).toEqual([]);
      expect(outcome.acknowledged).toBeGreaterThan(50);
      expect(outcome.views).toBeGreaterThan(10);
    }),
  );
});
