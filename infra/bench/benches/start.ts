import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { startService, withTemporaryFolder } from '../../demo/service-process.js';
import {
  atMost,
  type Bench,
  type BenchReport,
  figure,
  inTurn,
  median,
  monotonicNow,
  type Profiled,
  ratioOf,
} from '../bench.js';
import { type Corpus, playCorpus, write } from '../corpus.js';
import { residentMemory } from '../process-figures.js';

const FEW = 1000;
const ENV = { TEMOIN_RATE_LIMIT: '0', TEMOIN_LOG_LEVEL: 'error' };
/** After the start: what is read once the service answers is under way, or done. */
const SETTLE_MS = 2000;
const PATIENCE = 3_600_000;
const LOOK_MS = 500;
const QUIET_MS = 5000;

export const bench: Bench = {
  name: 'start',
  about: 'start of the whole service, and its memory, with many events stored beside 1 000',
  run: ({ quick, progress, profiles }) => measure(quick ? 4000 : 1_000_000, quick ? 2 : 7, progress, profiles),
  profilesItself: true,
};

const measure = (
  many: number,
  rounds: number,
  progress: (line: string) => void,
  profiles: string | undefined,
): Promise<BenchReport> =>
  withTemporaryFolder('start', async (folder) => {
    progress('playing stories');
    const corpus = await playCorpus(400);
    const [small, large] = [`${folder}/small`, `${folder}/large`];
    await prepare(small, FEW, corpus, progress);
    const caughtUpIn = await prepare(large, many, corpus, progress);
    const runs = await inTurn(
      { small: () => startAndStop(small, 0), large: () => startAndStop(large, SETTLE_MS) },
      rounds,
      progress,
    );
    const of = (name: string, key: 'ms' | 'mebibytes') => (runs.get(name) ?? []).map((one) => one[key]);
    const count = many.toLocaleString('en');
    const profiled: Profiled[] = [];
    if (profiles !== undefined) {
      progress('profiling one start of each');
      profiled.push(await profiledStart(large, profiles, `with ${count} events, until it answered`));
      profiled.push(await profiledStart(small, profiles, `with ${FEW.toLocaleString('en')} events, until it answered`));
    }
    const few = figure(`start with ${FEW.toLocaleString('en')} events`, 'ms', of('small', 'ms'));
    const lots = figure(`start with ${count} events`, 'ms', of('large', 'ms'));
    const memory = figure(
      `resident memory with ${count} events, ${SETTLE_MS / 1000} s later`,
      'MiB',
      of('large', 'mebibytes'),
    );
    return {
      figures: [
        few,
        lots,
        memory,
        figure(`the same with ${FEW.toLocaleString('en')} events, at once`, 'MiB', of('small', 'mebibytes')),
        figure(`first start: all views from nothing, ${count} events`, 's', [caughtUpIn]),
      ],
      goals: [
        atMost(`start with ${count} events against ${FEW.toLocaleString('en')}`, ratioOf(lots, few), 1.3, ' ×'),
        atMost(`resident memory with ${count} events`, median(of('large', 'mebibytes')), 250, ' MiB'),
      ],
      notes: [
        'From the start of the process to the service answering; every view had caught up before, and processes had done what was due.',
        'What the service reads once it answers (search indexes, histories of complaints and rights) is not in that time; the memory is taken while it does, or after.',
        'Keys of the stories are not in the vault, so the search index in memory holds no words of them; the bench « search » measures what it takes.',
        ...profileNote(profiled),
        `Medians of ${rounds} starts, in turn, after one to warm up.`,
        ...(many < 1_000_000 ? [`A full run stores 1 million; a quick one ${count}, so that it ends soon.`] : []),
      ],
      ...(profiled.length > 0 ? { profiled } : {}),
    };
  });

const profileNote = (profiled: readonly Profiled[]): readonly string[] =>
  profiled.length === 0
    ? []
    : ['Profiles are of one start each beside those that are measured, from its first line to its answering.'];

async function profiledStart(data: string, profiles: string, what: string): Promise<Profiled> {
  const engineFlags = ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  const service = await startService({ data, env: ENV, engineFlags });
  const until = monotonicNow();
  await service.stop();
  return { pid: service.pid, what, until };
}

/** A folder as the service makes it, with so many events in it and every view up to date. @returns seconds to catch up */
async function prepare(
  data: string,
  events: number,
  corpus: Corpus,
  progress: (line: string) => void,
): Promise<number> {
  progress(`writing ${events.toLocaleString('en')} events`);
  await (await startService({ data, env: ENV })).stop();
  const store = await openSqliteEventStore({ file: `${data}/events.sqlite` });
  await write(store, corpus, Math.max(1, Math.round((events - corpus.common.length) / corpus.size)));
  await store.close();
  progress('projecting them');
  const started = performance.now();
  const service = await startService({ data, env: ENV });
  try {
    while (!(await isReady(service.url))) {
      if (performance.now() - started > PATIENCE) throw new Error('the views do not catch up');
      await sleep(200);
    }
    const caughtUpIn = (performance.now() - started) / 1000;
    progress('letting processes do what had come due');
    await quiet(service.url, started);
    return caughtUpIn;
  } finally {
    await service.stop();
  }
}

interface Ready {
  readonly head?: string;
  readonly views?: readonly { readonly caughtUp: boolean }[];
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`);
  const { views = [] } = (await answer.json()) as Ready;
  return answer.ok && views.every(({ caughtUp }) => caughtUp);
}

/** Until the log has stood still for a while: letters, reminders and holds of stories that were told all at once. */
async function quiet(url: string, started: number): Promise<void> {
  for (let head: string | undefined, stoodStill = 0; stoodStill < QUIET_MS; ) {
    if (performance.now() - started > PATIENCE) throw new Error('the processes find no end');
    await sleep(LOOK_MS);
    const now = ((await (await fetch(`${url}/health/ready`)).json()) as Ready).head;
    stoodStill = now === head ? stoodStill + LOOK_MS : 0;
    head = now;
  }
}

async function startAndStop(
  data: string,
  settleMs: number,
): Promise<{ readonly ms: number; readonly mebibytes: number }> {
  const started = performance.now();
  const service = await startService({ data, env: ENV });
  const ms = performance.now() - started;
  await sleep(settleMs);
  const mebibytes = await residentMemory(service.pid);
  await service.stop();
  return { ms, mebibytes };
}
