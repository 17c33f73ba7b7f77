import { withTemporaryFolder } from '../../demo/service-process.js';
import { addressOf, eventStoreDbProcess } from '../server/eventstoredb-process.js';
import { type CopyTotals, crashCopies, KILLS_PER_COPY } from './copy-runs.js';

export interface ThereAndBack {
  /** From a file into an empty EventStoreDB. */
  readonly there: CopyTotals;
  /** From there into an empty file. */
  readonly back: CopyTotals;
}

/**
 * kill -9 of copies into EventStoreDB, a fresh one each, and of the copies back into a file.
 * @param runs kills on each way
 * @param command runs a server in the foreground on $PORT with its data in $DATA (`exec …`)
 */
export async function crashCopiesThereAndBack({
  runs,
  seed,
  command,
  onRun = () => undefined,
}: {
  readonly runs: number;
  readonly seed: number;
  readonly command: string;
  readonly onRun?: (run: number, totals: ThereAndBack) => void;
}): Promise<ThereAndBack> {
  const totals: ThereAndBack = { there: nothingYet(runs, seed), back: nothingYet(runs, seed) };
  for (let first = 0; first < runs; first += KILLS_PER_COPY) {
    const kills = { runs: Math.min(KILLS_PER_COPY, runs - first), seed: seed + first };
    await withTemporaryFolder('server', async (folder) => {
      const server = await eventStoreDbProcess(command, `${folder}/server`);
      const address = addressOf(server.port);
      try {
        add(totals.there, await crashCopies({ ...kills, target: async () => address }));
        // what did not arrive cannot come back
        if (totals.there.faults.length === 0) add(totals.back, await crashCopies({ ...kills, source: address }));
      } finally {
        await server.kill();
      }
    });
    onRun(first + kills.runs, totals);
  }
  return totals;
}

const nothingYet = (runs: number, seed: number): CopyTotals => ({
  runs,
  seed,
  died: 0,
  finished: 0,
  events: 0,
  faults: [],
  seconds: 0,
});

function add(sum: CopyTotals, { died, finished, events, faults, seconds }: CopyTotals): void {
  sum.died += died;
  sum.finished += finished;
  sum.events += events;
  sum.faults.push(...faults);
  sum.seconds = Math.round((sum.seconds + seconds) * 10) / 10;
}
