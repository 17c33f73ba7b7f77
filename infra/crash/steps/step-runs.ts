import { httpClient } from '../../demo/http-client.js';
import { startService, withTemporaryFolder } from '../../demo/service-process.js';
import { checkLog } from '../check-log.js';
import { type Acknowledged, retry, type Stream, sendUntilKilled } from '../clients.js';
import { historyOfCommands } from '../history/history.js';
import { seeded, seedsOf } from '../random.js';
import { type Armed, type Step, steps } from './dying-stores.js';

export interface StepTotals {
  readonly runs: number;
  /** Of the first run; each has one of its own, up to the last. */
  readonly seed: number;
  readonly lastSeed: number;
  /** Deaths by step; a run whose step was not reached ended by a kill from outside. */
  readonly deaths: Record<Step | 'not-reached', number>;
  acknowledged: number;
  inFlight: number;
  inFlightStored: number;
  retried: number;
  eventsChecked: number;
  viewsCompared: number;
  histories: number;
  historyCalls: number;
  readonly faults: string[];
  seconds: number;
}

export interface StepRuns {
  readonly runs: number;
  /** Of the first run; the next one's is one more, and so on. It chooses the step, the nth time and the commands. */
  readonly seed: number;
  /** Settings of the service beside its folder: the address of an event store, of which nobody else writes to. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onRun?: (run: number, totals: StepTotals) => void;
}

const BARE = new URL('../bare-service.js', import.meta.url);
const RUNS_PER_FOLDER = steps.length;
const CLIENTS = 6;
const RETRIED_PER_RUN = 12;
/** A process that has not reached its step by then is killed. */
const ANSWERS_AT_MOST = 150;

/** How many of a step go by before the one at which the process dies: some are rare. */
const COUNTS: Readonly<Partial<Record<Step, number>>> = {
  'rebuild-step': 8,
  'before-swap': 6,
  'during-swap': 6,
  'after-swap': 6,
};
const USUAL_COUNT = 25;

/** kill -9 at every named step of the way from a command to its views and of a rebuild, in turn, while clients send commands. */
export async function crashAtSteps({ runs, seed, env = {}, onRun }: StepRuns): Promise<StepTotals> {
  const started = Date.now();
  const totals: StepTotals = {
    runs,
    seed,
    lastSeed: seed + runs - 1,
    deaths: Object.fromEntries([...steps, 'not-reached'].map((step) => [step, 0])) as StepTotals['deaths'],
    acknowledged: 0,
    inFlight: 0,
    inFlightStored: 0,
    retried: 0,
    eventsChecked: 0,
    viewsCompared: 0,
    histories: 0,
    historyCalls: 0,
    faults: [],
    seconds: 0,
  };
  // with an event store of its own, one folder is the installation that belongs to it
  const perFolder = Object.keys(env).length > 0 ? runs : RUNS_PER_FOLDER;
  for (let first = seed; first < seed + runs; first += perFolder)
    await withTemporaryFolder('steps', (folder) =>
      series(`${folder}/data`, { first, end: Math.min(seed + runs, first + perFolder), env, totals, onRun }),
    );
  totals.seconds = Math.round((Date.now() - started) / 100) / 10;
  return totals;
}

interface Series {
  /** Seeds of the runs of this folder; `end` is none of them any more. */
  readonly first: number;
  readonly end: number;
  readonly env: Readonly<Record<string, string>>;
  readonly totals: StepTotals;
  readonly onRun: StepRuns['onRun'] | undefined;
}

async function series(data: string, { first, end, env, totals, onRun }: Series): Promise<void> {
  const acknowledged: Acknowledged[] = [];
  const history = historyOfCommands();
  let before: Pick<Stream, 'acknowledged' | 'inFlight'> | undefined;
  for (let seed = first; seed <= end; seed += 1) {
    const service = await startService({ data, env: { TEMOIN_LOG_LEVEL: 'warn', ...env }, program: BARE });
    const api = httpClient(service.url, 'none');
    try {
      if (before !== undefined) {
        const { faults, settled, replayed } = await retry(api, before, history);
        totals.faults.push(...faults.map((fault) => `seed ${seed - 1}: ${fault}`));
        totals.retried += before.acknowledged.length + before.inFlight.length;
        totals.inFlightStored += replayed;
        acknowledged.push(...settled);
      }
      if (seed < end) {
        const random = seeded(seed);
        const at = steps[seed % steps.length] ?? 'after-append';
        const count = 1 + random.below(COUNTS[at] ?? USUAL_COUNT);
        const armed: Armed = { at, count, microseconds: random.below(3000) };
        await api.send('POST', '/arm', armed);
        const isRebuild = COUNTS[at] !== undefined;
        const rebuilding = isRebuild ? api.send('POST', '/rebuild', {}).catch(() => undefined) : undefined;
        const killAfter = { answers: ANSWERS_AT_MOST, microseconds: 0 };
        const stream = await sendUntilKilled(service, api, {
          clients: CLIENTS,
          seed,
          history,
          // a server may be slower than its time-outs
          insist: Object.keys(env).length > 0,
          killAfter,
        });
        await rebuilding;
        totals.deaths[stream.diedByItself ? at : 'not-reached'] += 1;
        totals.acknowledged += stream.acknowledged.length;
        totals.inFlight += stream.inFlight.length;
        acknowledged.push(...stream.acknowledged);
        before = { acknowledged: stream.acknowledged.slice(-RETRIED_PER_RUN), inFlight: stream.inFlight };
      }
    } finally {
      await service.kill();
    }
    const seen = await checkLog(data, acknowledged, env);
    const which = seed < end ? seedsOf(seed, seed) : seedsOf(first, end - 1);
    totals.faults.push(...seen.faults.map((fault) => `${which}: ${fault}`));
    totals.eventsChecked += seen.events;
    totals.viewsCompared += seen.views;
    if (seed === end) {
      const { faults, calls, streams } = history.check(seen.streams);
      totals.faults.push(...faults.map((fault) => `${which}: ${fault}`));
      totals.historyCalls += calls;
      totals.histories += streams;
    } else onRun?.(seed - totals.seed + 1, totals);
  }
}
