import { withTemporaryFolder } from '../../demo/service-process.js';
import { seeded } from '../random.js';
import { allInFiles, type Home } from './home.js';
import type { Operation } from './operations.js';
import { Series, type SeriesTotals } from './series.js';

export interface ErasureTotals extends SeriesTotals {
  readonly runs: number;
  readonly seed: number;
  seconds: number;
}

export interface ErasureRuns {
  readonly runs: number;
  readonly seed: number;
  /** Each gets its share of the runs. Default: everything in files. */
  readonly on?: readonly Home[];
  readonly onRun?: (run: number, totals: ErasureTotals) => void;
}

/** One folder's life: a backup comes back after an erasure, after a retention run, and never after a rotation. */
const IN_FILES: readonly Operation[] = [
  'backup',
  'erase',
  'restore',
  'retention',
  'rotate',
  'backup',
  'erase',
  'retention',
  'restore',
  'rotate',
];
/** Without backups: those of a server are its own tools' work. */
const ON_A_SERVER: readonly Operation[] = [
  'erase',
  'retention',
  'rotate',
  'erase',
  'rotate',
  'erase',
  'rotate',
  'retention',
  'erase',
  'rotate',
];
const STARTS_AT = '2026-06-02T09:00:00+02:00';

/**
 * kill -9 in erasures, retention runs, rotations, backups and restores, at every step of each and in between; where events
 * or keys are on a server, of the server too. After each kill everything of everybody is opened twice, before and after the work is
 * finished: nothing that was dead comes back, nothing that lives is lost, and no certificate says what is not so.
 */
export async function crashErasures({ runs, seed, on = [allInFiles], onRun }: ErasureRuns): Promise<ErasureTotals> {
  const started = Date.now();
  const totals: ErasureTotals = {
    runs,
    seed,
    kills: { backup: 0, erase: 0, retention: 0, rotate: 0, restore: 0 },
    serverKills: 0,
    gaveUp: 0,
    through: 0,
    steps: new Set(),
    erasuresAmidRotations: 0,
    valuesOpened: 0,
    backupsVerified: 0,
    faults: [],
    seconds: 0,
  };
  const random = seeded(seed);
  let done = 0;
  for (const [index, home] of on.entries()) {
    const share = Math.floor(runs / on.length) + (index < runs % on.length ? 1 : 0);
    const order = home.inFiles ? IN_FILES : ON_A_SERVER;
    if (share > 0)
      await home.kept(async (placeOf) => {
        for (let first = 0; first < share; first += order.length)
          await withTemporaryFolder('crash', async (folder) => {
            const { place, server } = await placeOf(first);
            const series = new Series({ folder, startsAt: STARTS_AT, ...place }, random, totals, server);
            await series.begin();
            for (const operation of order.slice(0, share - first)) {
              await series.kill(operation);
              done += 1;
              onRun?.(done, totals);
            }
          });
      });
  }
  totals.seconds = Math.round((Date.now() - started) / 100) / 10;
  return totals;
}
