import { parseArgs } from 'node:util';
import { type Client, httpClient } from '../demo/http-client.js';
import { startService, withTemporaryFolder } from '../demo/service-process.js';
import { checkLog } from './check-log.js';
import { type Acknowledged, retry, sendUntilKilled } from './clients.js';
import type { Sendable } from './commands.js';
import { seeded } from './random.js';

export interface CrashTotals {
  readonly runs: number;
  readonly seed: number;
  acknowledged: number;
  refused: number;
  inFlight: number;
  /** In flight when the process died, and stored all the same: the retry found the first receipt. */
  inFlightStored: number;
  retried: number;
  eventsChecked: number;
  viewsCompared: number;
  /** Runs in which the service as it ships was killed. */
  wholeServiceRuns: number;
  readonly faults: string[];
  seconds: number;
}

export interface CrashOptions {
  readonly runs: number;
  readonly seed: number;
  readonly clients?: number;
  readonly onRun?: (run: number, totals: CrashTotals) => void;
}

/** Runs that are there for their number: no Nest, so the start takes a fraction. */
const BARE = new URL('./bare-service.js', import.meta.url);
/** Of each four folders of runs, the first is killed as the whole service. */
const WHOLE_SERVICE_EVERY = 4;
/** After this many kills a data folder is replaced by a fresh one, so that runs stay short. */
const KILLS_PER_FOLDER = 10;
const RETRIED_PER_RUN = 12;
const NO_LIMIT = { TEMOIN_RATE_LIMIT: '0', TEMOIN_LOG_LEVEL: 'warn' };

/**
 * kill -9 in the middle of a stream of acknowledged commands, again and again, over HTTP. The start that answers the
 * retries of one run is the one that is killed in the next. A share of the runs kills the service as it ships, the others
 * the composed application alone.
 */
export async function crash({ runs, seed, clients = 6, onRun }: CrashOptions): Promise<CrashTotals> {
  const started = Date.now();
  const totals: CrashTotals = {
    runs,
    seed,
    acknowledged: 0,
    refused: 0,
    inFlight: 0,
    inFlightStored: 0,
    retried: 0,
    eventsChecked: 0,
    viewsCompared: 0,
    wholeServiceRuns: 0,
    faults: [],
    seconds: 0,
  };
  const random = seeded(seed);
  for (let first = 0; first < runs; first += KILLS_PER_FOLDER) {
    const kills = Math.min(KILLS_PER_FOLDER, runs - first);
    const whole = (first / KILLS_PER_FOLDER) % WHOLE_SERVICE_EVERY === 0;
    if (whole) totals.wholeServiceRuns += kills;
    await withTemporaryFolder('crash', async (folder) => {
      const data = `${folder}/data`;
      const all: Acknowledged[] = [];
      let before: { acknowledged: readonly Acknowledged[]; inFlight: readonly Sendable[] } | undefined;
      let token: string | undefined;
      for (let kill = 0; kill <= kills; kill += 1) {
        const service = await startService({ data, env: NO_LIMIT, ...(whole ? {} : { program: BARE }) });
        token ??= whole ? await workToken(httpClient(service.url, service.token ?? '')) : 'none';
        const api = httpClient(service.url, token);
        if (before !== undefined) {
          const { faults, settled, replayed } = await retry(api, before);
          totals.faults.push(...faults);
          totals.retried += before.acknowledged.length;
          totals.inFlightStored += replayed;
          all.push(...settled);
        }
        if (kill === kills) {
          await service.kill();
          break;
        }
        const run = first + kill;
        const killAfter = { answers: 1 + random.below(60), microseconds: random.below(30_000) };
        const stream = await sendUntilKilled(service, api, { clients, seed: seed * 1000 + run, killAfter });
        totals.acknowledged += stream.acknowledged.length;
        totals.refused += stream.refused;
        totals.inFlight += stream.inFlight.length;
        all.push(...stream.acknowledged);
        const seen = await checkLog(data, all);
        totals.faults.push(...seen.faults);
        totals.eventsChecked += seen.events;
        totals.viewsCompared += seen.views;
        before = { acknowledged: stream.acknowledged.slice(-RETRIED_PER_RUN), inFlight: stream.inFlight };
        onRun?.(run + 1, totals);
      }
      // What was in flight before the last kill was settled by the retries: now it counts as acknowledged too.
      const seen = await checkLog(data, all);
      totals.faults.push(...seen.faults);
    });
  }
  totals.seconds = Math.round((Date.now() - started) / 100) / 10;
  return totals;
}

/** One token that may give every command of the runs. */
async function workToken(admin: Client): Promise<string> {
  const { staffId } = await admin.get('/me');
  const issued = await admin.post('/tokens', {
    staffId,
    roles: ['Administrator', 'Director', 'SupportLead', 'Technician'],
    expiresAt: '2099-01-01T00:00:00Z',
  });
  return String(issued.token);
}

const USAGE = `Usage: npm run crash -- [--runs N] [--seed S] [--json]

Kills the real service (kill -9) in the middle of a stream of commands that several clients send over HTTP, restarts it,
and checks that every acknowledged command is stored exactly once where its receipt says, that streams have no gaps, that
a retry under the same Idempotency-Key answers the first receipt, and that every view equals its rebuild.

  --runs N    how many kills (default 50)
  --seed S    chooses the commands and the moments of the kills (default: from the clock; printed)
  --json      one JSON document on standard output; progress goes to standard error

Exit codes: 0 nothing lost; 1 a fault was found; 2 wrong usage.
`;

/** @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  let values: { runs: string; seed?: string; json: boolean; help: boolean };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: 'string', default: '50' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  const runs = Number(values.runs);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed) || seed < 0) {
    process.stderr.write(`--runs and --seed take whole numbers.\n\n${USAGE}`);
    return 2;
  }
  const out = values.json ? process.stderr : process.stdout;
  out.write(`crash: ${runs} runs, seed ${seed}\n`);
  const totals = await crash({
    runs,
    seed,
    onRun(run, { acknowledged, faults }) {
      if (run % 5 === 0 || run === runs)
        out.write(`crash: ${run}/${runs} kills, ${acknowledged} commands acknowledged, ${faults.length} faults\n`);
    },
  });
  if (values.json) process.stdout.write(`${JSON.stringify(totals, null, 2)}\n`);
  else
    out.write(
      `crash: ${totals.runs} kills in ${totals.seconds} s, ${totals.wholeServiceRuns} of them of the whole service; ${totals.acknowledged} commands acknowledged, ${totals.inFlight} in flight ` +
        `(${totals.inFlightStored} of them stored), ${totals.retried + totals.inFlight} retried, ${totals.refused} refused; ` +
        `${totals.viewsCompared} views compared with their rebuild; ${totals.faults.length} faults\n`,
    );
  for (const fault of totals.faults.slice(0, 20)) process.stderr.write(`crash: ${fault}\n`);
  return totals.faults.length > 0 ? 1 : 0;
}
