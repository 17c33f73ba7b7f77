import { rm, stat } from 'node:fs/promises';
import { loadConfiguration } from '../../../apps/composition/configuration.js';
import { openInstallation } from '../../../apps/composition/installation.js';
import { withTemporaryFolder } from '../../demo/service-process.js';
import { type Random, seeded } from '../random.js';
import { damageOf, type Found, openDamaged, readWhole } from './damage.js';
import { populate } from './populate.js';
import { clockJumps, diskFull, readOnly, twoInstances, type Upset } from './upsets.js';

export interface FileTotals {
  readonly runs: number;
  readonly seed: number;
  /** What became of each damage of the event store's file. */
  readonly damaged: Record<'truncated' | 'flipped', Record<Found, number>>;
  /** How often each upset was gone through. */
  readonly upsets: Record<string, number>;
  readonly notRun: string[];
  acknowledged: number;
  again: number;
  viewsCompared: number;
  historyCalls: number;
  readonly faults: string[];
  seconds: number;
}

export interface FileRuns {
  readonly runs: number;
  readonly seed: number;
  readonly onRun?: (run: number, totals: FileTotals) => void;
}

/** Copies of one folder that are damaged in one run, of each kind. */
const DAMAGES = 12;
const none = (): Record<Found, number> => ({ refused: 0, failed: 0, unharmed: 0, served: 0 });
const upsets: Readonly<Record<string, Upset>> = {
  'disk-full': diskFull,
  'read-only': readOnly,
  'clock-jumps': clockJumps,
  'two-instances': twoInstances,
};

/**
 * What befalls the files of one machine: damaged, no room left, not writable, a clock that jumps, a second service. Each run
 * damages copies of a folder of its own, and goes through one of the upsets while clients send commands.
 */
export async function crashFiles({ runs, seed, onRun }: FileRuns): Promise<FileTotals> {
  const started = Date.now();
  const totals: FileTotals = {
    runs,
    seed,
    damaged: { truncated: none(), flipped: none() },
    upsets: {},
    notRun: [],
    acknowledged: 0,
    again: 0,
    viewsCompared: 0,
    historyCalls: 0,
    faults: [],
    seconds: 0,
  };
  const random = seeded(seed);
  for (let run = 0; run < runs; run += 1) {
    await withTemporaryFolder('files', (folder) => damage(folder, seed * 1000 + run, random, totals));
    const [name = '', upset] = Object.entries(upsets)[run % 4] ?? [];
    if (upset)
      await withTemporaryFolder('upset', async (folder) => {
        const outcome = await upset(folder, seed * 1000 + run, random);
        if (outcome === undefined) {
          const line = `${name}: needs root and a mount of its own`;
          if (!totals.notRun.includes(line)) totals.notRun.push(line);
          return;
        }
        totals.upsets[name] = (totals.upsets[name] ?? 0) + 1;
        totals.acknowledged += outcome.acknowledged;
        totals.again += outcome.again;
        totals.viewsCompared += outcome.views;
        totals.historyCalls += outcome.calls;
        totals.faults.push(...outcome.faults.map((one) => `${name}: ${one}`));
      });
    onRun?.(run + 1, totals);
  }
  totals.seconds = Math.round((Date.now() - started) / 100) / 10;
  return totals;
}

async function damage(folder: string, seed: number, random: Random, totals: FileTotals): Promise<void> {
  const data = `${folder}/data`;
  await populate(data, seed);
  const installation = await openInstallation(loadConfiguration({}, ['--data', data]), { lock: true, create: false });
  const truth = await readWhole(installation.temoin.eventStore);
  await installation.close();
  const { size } = await stat(`${data}/events.sqlite`);
  for (const kind of ['truncated', 'flipped'] as const)
    for (let number = 0; number < DAMAGES; number += 1) {
      const one = damageOf(random, kind, size);
      const copy = `${folder}/copy`;
      const found = await openDamaged(data, copy, one, truth);
      totals.damaged[kind][found] += 1;
      if (found === 'served')
        totals.faults.push(`something else was served as the truth: ${JSON.stringify({ seed, ...one })}`);
      await rm(copy, { recursive: true, force: true });
    }
}
