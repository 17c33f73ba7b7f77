import { type Client, httpClient } from '../demo/http-client.js';
import { startService, withTemporaryFolder } from '../demo/service-process.js';
import { checkLog } from './check-log.js';
import { type Acknowledged, retry, type Stream, sendUntilKilled } from './clients.js';
import { historyOfCommands } from './history/history.js';
import { type Random, seeded } from './random.js';

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
  readonly seed: number;
  readonly clients?: number;
  readonly onRun?: (run: number, totals: CrashTotals) => void;
}

/** Runs that are there for their number: no Nest, so the start takes a fraction. */
const BARE = new URL('./bare-service.js', import.meta.url);
/** Of each five folders of runs, the first is killed as the whole service. */
const WHOLE_SERVICE_EVERY = 5;
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
    historyCalls: 0,
    histories: 0,
    wholeServiceRuns: 0,
    faults: [],
    seconds: 0,
  };
  const random = seeded(seed);
  for (let first = 0; first < runs; first += KILLS_PER_FOLDER) {
    const kills = Math.min(KILLS_PER_FOLDER, runs - first);
    const whole = (first / KILLS_PER_FOLDER) % WHOLE_SERVICE_EVERY === 0;
    if (whole) totals.wholeServiceRuns += kills;
    await withTemporaryFolder('crash', (folder) =>
      killRepeatedly({ data: `${folder}/data`, whole, first, kills, clients, seed, random, totals, onRun }),
    );
  }
  totals.seconds = Math.round((Date.now() - started) / 100) / 10;
  return totals;
}

interface Series {
  readonly data: string;
  readonly whole: boolean;
  /** Number of the first kill of this folder. */
  readonly first: number;
  readonly kills: number;
  readonly clients: number;
  readonly seed: number;
  readonly random: Random;
  readonly totals: CrashTotals;
  readonly onRun: CrashOptions['onRun'] | undefined;
}

/** Kills of one data folder, one after the other, each checked before the next start. */
async function killRepeatedly({
  data,
  whole,
  first,
  kills,
  clients,
  seed,
  random,
  totals,
  onRun,
}: Series): Promise<void> {
  const acknowledged: Acknowledged[] = [];
  let before: Pick<Stream, 'acknowledged' | 'inFlight'> | undefined;
  let token: string | undefined;
  const history = historyOfCommands();
  for (let kill = 0; kill <= kills; kill += 1) {
    const service = await startService({ data, env: NO_LIMIT, ...(whole ? {} : { program: BARE }) });
    try {
      token ??= whole ? await workToken(httpClient(service.url, service.token ?? '')) : 'none';
      const api = httpClient(service.url, token);
      if (before !== undefined) {
        const { faults, settled, replayed } = await retry(api, before, history);
        totals.faults.push(...faults);
        totals.retried += before.acknowledged.length + before.inFlight.length;
        totals.inFlightStored += replayed;
        acknowledged.push(...settled);
      }
      if (kill < kills) {
        const killAfter = { answers: 1 + random.below(60), microseconds: random.below(30_000) };
        const own = seed * 1000 + first + kill;
        const stream = await sendUntilKilled(service, api, { clients, seed: own, history, killAfter });
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
    totals.faults.push(...seen.faults);
    totals.eventsChecked += seen.events;
    totals.viewsCompared += seen.views;
    if (kill === kills) {
      const { faults, calls, streams } = history.check(seen.streams);
      totals.faults.push(...faults);
      totals.historyCalls += calls;
      totals.histories += streams;
    }
    if (kill < kills) onRun?.(first + kill + 1, totals);
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
