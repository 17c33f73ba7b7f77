import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { copyEvents } from '#application/copy/copy-events.js';
import { loadConfiguration } from '../../../apps/composition/configuration.js';
import { openEventStore } from '../../../apps/composition/stores.js';
import { withTemporaryFolder } from '../../demo/service-process.js';
import { populate } from '../files/populate.js';
import { seeded } from '../random.js';

export interface CopyTotals {
  readonly runs: number;
  readonly seed: number;
  died: number;
  /** Copies carried to their end after kills, both logs read again and equal by digest. */
  finished: number;
  events: number;
  readonly faults: string[];
  seconds: number;
}

const VICTIM = fileURLToPath(new URL('./copy-victim.js', import.meta.url));
/** More would find it at its end: of some hundred appends up to twenty go by before each. */
export const KILLS_PER_COPY = 4;

/**
 * kill -9 of a copy, several times in one copy, which then goes on to its end.
 * @param source address of the log; default: a file, filled for it
 * @param target where to copy to, empty and different each time; default: a file
 */
export async function crashCopies(options: {
  readonly runs: number;
  readonly seed: number;
  readonly source?: string;
  readonly target?: (folder: string, number: number) => Promise<string>;
  readonly onRun?: (run: number, totals: CopyTotals) => void;
}): Promise<CopyTotals> {
  const { runs, seed, target = async (folder, number) => `sqlite://${folder}/copy-${number}.sqlite`, onRun } = options;
  const started = Date.now();
  const totals: CopyTotals = { runs, seed, died: 0, finished: 0, events: 0, faults: [], seconds: 0 };
  const random = seeded(seed);
  await withTemporaryFolder('copy', async (folder) => {
    const source = options.source ?? `sqlite://${folder}/data/events.sqlite`;
    if (options.source === undefined) await populate(`${folder}/data`, seed);
    for (let run = 0; run < runs; ) {
      const to = await target(folder, run);
      for (let kill = 0; kill < KILLS_PER_COPY && run < runs; kill += 1, run += 1) {
        const killed = await killCopy([source, to, String(1 + random.below(20)), String(random.below(4000))]);
        totals.died += killed ? 1 : 0;
        onRun?.(run + 1, totals);
      }
      const [from, store] = await Promise.all([storeAt(source), storeAt(to)]);
      try {
        // throws when anything is there that was not in the source, or reads back otherwise
        const { events } = await copyEvents({ from, to: store });
        totals.finished += 1;
        totals.events += events;
      } catch (error) {
        totals.faults.push(`a copy that had been killed cannot go on: ${String(error)}`);
      } finally {
        await Promise.all([from.close(), store.close()]);
      }
    }
  });
  totals.seconds = Math.round((Date.now() - started) / 100) / 10;
  return totals;
}

const storeAt = (address: string) => openEventStore(loadConfiguration({ TEMOIN_EVENT_STORE: address }, []).eventStore);

async function killCopy(args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, ['--no-warnings', VICTIM, ...args], { stdio: 'ignore' });
  const signal = await new Promise((resolve) => child.once('close', (_code, by) => resolve(by)));
  return signal === 'SIGKILL';
}
