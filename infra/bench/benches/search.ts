import { createSecretKey, randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { openVault } from '#vault/open-vault.js';
import type { JournalDocument } from '#views/journal-document.js';
import { createJournalSearch } from '#views/journal-search.js';
import { type Bench, type BenchReport, type Figure, figure, type Goal } from '../bench.js';
import { journalEntries } from '../journal-entries.js';

const SESSIONS = 10_000;
const ROUNDS = 20;

export const bench: Bench = {
  name: 'search',
  about: 'memory and time of the journal’s search index for 10 000 sessions',
  run: ({ quick, progress }) => measure(quick ? SESSIONS / 10 : SESSIONS, progress),
};

async function measure(sessions: number, progress: (line: string) => void): Promise<BenchReport> {
  const collect = collector();
  const filled = await fill(sessions, progress, collect);
  const { search, bytes, takenPerSecond, common, rare } = filled;
  const timed = (text: string, more = {}): readonly number[] =>
    Array.from({ length: ROUNDS }, () => {
      const started = performance.now();
      search.find({ text, ...more });
      return performance.now() - started;
    });
  progress('searching');
  const megabytes = bytes / 1_048_576;
  const figures: Figure[] = [
    figure(`memory for ${sessions.toLocaleString('en')} sessions`, 'MiB', [megabytes]),
    figure('the same for 10 000 sessions', 'MiB', [(megabytes * SESSIONS) / sessions]),
    figure('entries taken in', 'sessions/s', [takenPerSecond]),
    figure('a rare word', 'ms', timed(rare)),
    figure('the commonest word', 'ms', timed(common)),
    figure('two common words, latest first', 'ms', timed(`${common} ${filled.second}`, { sort: '-startedAt' })),
    figure('a beginning of three letters', 'ms', timed(common.slice(0, 3))),
  ];
  progress('forgetting');
  const forgotten = Array.from({ length: ROUNDS }, (_, n) => {
    const started = performance.now();
    search.forget(`m${n}/session:r${n}.1`);
    return performance.now() - started;
  });
  figures.push(figure('forgetting one session', 'ms', forgotten));
  const still = search.find({ text: common, limit: 50 }).hits.some(({ sessionId }) => sessionId === 'r0.1');
  const goals: Goal[] = [
    {
      goal: 'a forgotten session is not found',
      wanted: 'at once',
      got: still ? 'still found' : 'at once',
      met: !still,
    },
  ];
  return {
    figures,
    goals,
    notes: [
      'An entry has about 140 words; memory is the heap after a full collection, minus the heap before.',
      'The vocabulary is invented: 8 000 words drawn unevenly, and numbers that occur once.',
    ],
  };
}

/** In a function of its own, so that vault and entries can be collected before memory is measured. */
async function fill(sessions: number, progress: (line: string) => void, collect: () => number) {
  const root = createSecretKey(randomBytes(32));
  let vault: ReturnType<typeof openVault> | undefined = openVault({
    keyVault: memoryKeyVault(),
    roots: { current: 1, key: (epoch) => (epoch === 1 ? root : undefined) },
  });
  const search = createJournalSearch({ opener: { open: async (values) => vault?.open(values) ?? [] } });
  const { entry, vocabulary } = journalEntries(vault);
  const before = collect();
  let taking = 0;
  for (let start = 0; start < sessions; start += BATCH) {
    if (start % 2000 === 0) progress(`${start} of ${sessions} sessions`);
    const batch: JournalDocument[] = [];
    for (let number = start; number < Math.min(start + BATCH, sessions); number += 1) batch.push(await entry(number));
    const started = performance.now();
    await search.take(batch);
    taking += performance.now() - started;
  }
  vault = undefined;
  const bytes = collect() - before;
  const [common = '', second = ''] = vocabulary;
  return { search, bytes, takenPerSecond: sessions / (taking / 1000), common, second, rare: vocabulary.at(-1) ?? '' };
}
const BATCH = 100;

/** @returns a function that collects all garbage and answers the bytes in use */
function collector(): () => number {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  return () => {
    gc();
    gc();
    return process.memoryUsage().heapUsed;
  };
}
