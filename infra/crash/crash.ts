import { type Client, httpClient } from '../demo/http-client.js';
import { startService, withTemporaryFolder } from '../demo/service-process.js';
import { checkLog } from './check-log.js';
import { type Acknowledged, retry, type Stream, sendUntilKilled } from './clients.js';
import { historyOfCommands } from './history/history.js';
import { seeded, seedsOf } from './random.js';

export interface CrashTotals {
  readonly runs: number;
  /** Of the first run; each has one of its own, up to the last. */
  readonly seed: number;
  readonly lastSeed: number;
  acknowledged: number;
  refused: number;
  inFlight: number;
  /** In flight when the process died, and stored all the same: the retry found the first receipt. */
  inFlightStored: number;
  retried: number;
  eventsChecked: number;
  viewsCompared: number;
  /** Calls in histories that were checked for linearizability, stream by stream; one for each folder. */
  historyCalls: number;
  histories: number;
  /** Runs in which the service as it ships was killed. */
  wholeServiceRuns: number;
  readonly faults: string[];
  seconds: number;
}

export interface CrashOptions {
  readonly runs: number;
  /** Of the first run; the next one's is one more, and so on. */
  readonly seed: number;
  readonly clients?: number;
  readonly onRun?: (run: number, totals: CrashTotals) => void;
}

/** Runs that are there for their number: no Nest, so the start takes a fraction. */
const BARE = new URL('./bare-service.js', import.meta.url);
/** So many seeds share a data folder, from a multiple of it on: it grows from kill to kill, and does not get long. */
const SEEDS_PER_FOLDER = 10;
/** Of each five such tens, one is killed as the whole service: by its seeds, so that one seed alone plays the same. */
const WHOLE_SERVICE_EVERY = 5;
const RETRIED_PER_RUN = 12;
const NO_LIMIT = { TEMOIN_RATE_LIMIT: '0', TEMOIN_LOG_LEVEL: 'warn' };

/**
 * kill -9 in the middle of a stream of acknowledged commands, again and again, over HTTP. The start that answers the
 * retries of one run is the one that is killed in the next. A share of the runs kills the service as it ships, the others
 * the composed application alone. The seed of a run chooses its commands, when it is killed and which of the two: played by
 * itself it meets a fresh folder instead of one that others have filled.
 */
export async function crash({ runs, seed, clients = 6, onRun }: CrashOptions): Promise<CrashTotals> {
  const started = Date.now();
  const totals: CrashTotals = {
    runs,
    seed,
    lastSeed: seed + runs - 1,
    acknowledged: 0,
    refused: 0,
    inFlight: 0,
    inFlightStored: 0,
    retried: 0,
    eventsChecked: 0,
    viewsCompared: 0,
    historyCalls: 0,
    histories: 0,
    wholeServiceRuns: 0,
    faults: [],
    seconds: 0,
  };
  for (let first = seed; first < seed + runs; ) {
    const ten = Math.floor(first / SEEDS_PER_FOLDER);
    const end = Math.min((ten + 1) * SEEDS_PER_FOLDER, seed + runs);
    const whole = ten % WHOLE_SERVICE_EVERY === 0;
    if (whole) totals.wholeServiceRuns += end - first;
    const seeds = { first, end };
    await withTemporaryFolder('crash', (folder) =>
      killRepeatedly({ data: `${folder}/data`, whole, seeds, clients, totals, onRun }),
    );
    first = end;
  }
  totals.seconds = Math.round((Date.now() - started) / 100) / 10;
  return totals;
}

interface Series {
  readonly data: string;
  readonly whole: boolean;
  /** Of the kills of this folder; `end` is none of them any more. */
  readonly seeds: { readonly first: number; readonly end: number };
  readonly clients: number;
  readonly totals: CrashTotals;
  readonly onRun: CrashOptions['onRun'] | undefined;
}

/** Kills of one data folder, one after the other, each checked before the next start. */
async function killRepeatedly({ data, whole, seeds, clients, totals, onRun }: Series): Promise<void> {
  const acknowledged: Acknowledged[] = [];
  let before: Pick<Stream, 'acknowledged' | 'inFlight'> | undefined;
  let token: string | undefined;
  const history = historyOfCommands();
  const { first, end } = seeds;
  for (let seed = first; seed <= end; seed += 1) {
    const service = await startService({ data, env: NO_LIMIT, ...(whole ? {} : { program: BARE }) });
    try {
      token ??= whole ? await workToken(httpClient(service.url, service.token ?? '')) : 'none';
      const api = httpClient(service.url, token);
      if (before !== undefined) {
        const { faults, settled, replayed } = await retry(api, before, history);
        totals.faults.push(...faults.map((fault) => `seed ${seed - 1}: ${fault}`));
        totals.retried += before.acknowledged.length + before.inFlight.length;
        totals.inFlightStored += replayed;
        acknowledged.push(...settled);
      }
      if (seed < end) {
        const random = seeded(seed);
        const killAfter = { answers: 1 + random.below(60), microseconds: random.below(30_000) };
        const stream = await sendUntilKilled(service, api, { clients, seed, history, killAfter });
        totals.acknowledged += stream.acknowledged.length;
        totals.refused += stream.refused;
        totals.inFlight += stream.inFlight.length;
        acknowledged.push(...stream.acknowledged);
        before = { acknowledged: stream.acknowledged.slice(-RETRIED_PER_RUN), inFlight: stream.inFlight };
      }
    } finally {
      await service.kill();
    }
    // After the last kill nothing but retries was sent: what was in flight counts as acknowledged by now.
    const seen = await checkLog(data, acknowledged);
    const which = seed < end ? seedsOf(seed, seed) : seedsOf(first, end - 1);
    totals.faults.push(...seen.faults.map((fault) => `${which}: ${fault}`));
    totals.eventsChecked += seen.events;
    totals.viewsCompared += seen.views;
    if (seed === end) {
      const { faults, calls, streams } = history.check(seen.streams);
      totals.faults.push(...faults.map((fault) => `${which}: ${fault}`));
      totals.historyCalls += calls;
      totals.histories += streams;
    }
    if (seed < end) onRun?.(seed - totals.seed + 1, totals);
  }
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
