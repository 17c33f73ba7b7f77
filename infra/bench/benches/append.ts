import { randomBytes } from 'node:crypto';
import { loadavg } from 'node:os';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { atLeast, type Bench, type BenchReport, figure, inTurn, type Pace, ratioOf } from '../bench.js';
import { contention } from '../one-stream.js';
import { rawSqlite } from '../raw-sqlite.js';
import { sealedAppends } from '../sealed-appends.js';

const WRITERS = 64;

export const bench: Bench = {
  name: 'append',
  about: 'durable sealed appends beside raw SQLite on the same disk in the same run',
  async run({ quick, progress }) {
    const folder = await temporaryFolder();
    try {
      return await measure(folder, quick ? 300 : 1000, quick ? 5 : 9, progress);
    } finally {
      await folder.remove();
    }
  },
};

async function measure(
  folder: { file(name: string): string },
  milliseconds: number,
  rounds: number,
  progress: (line: string) => void,
): Promise<BenchReport> {
  const temoin = await sealedAppends(folder);
  const sample = await temoin.sealedEvent(`session-${randomBytes(12).toString('hex')}`);
  const rowBytes = sample.data.byteLength + sample.metadata.byteLength;
  const raw = rawSqlite(folder.file('raw.sqlite'), rowBytes);
  const runs = await inTurn(
    {
      raw64: () => raw.transactions(WRITERS, milliseconds),
      temoin64: () => temoin.writers(WRITERS, milliseconds),
      raw1: () => raw.transactions(1, milliseconds),
      temoin1: () => temoin.writers(1, milliseconds),
    },
    rounds,
    progress,
  );
  progress('64 writers on one stream');
  const stream = `session-${randomBytes(12).toString('hex')}`;
  const shared = await contention(temoin.store, stream, WRITERS, milliseconds * 2, () => temoin.sealedEvent(stream));
  raw.close();
  await temoin.close();

  const rates = (name: string) => (runs.get(name) ?? []).map((pace: Pace) => pace.perSecond);
  const costs = (name: string) => (runs.get(name) ?? []).map((pace: Pace) => pace.cpuMicrosecondsEach);
  const raw64 = figure('raw SQLite, transactions of 64 rows', 'rows/s', rates('raw64'));
  const temoin64 = figure('Témoin, 64 writers, sealed and durable', 'events/s', rates('temoin64'));
  const cpu64 = figure('Témoin, 64 writers, CPU over all threads', 'µs/event', costs('temoin64'));
  const busy64 = figure(
    'Témoin, 64 writers, calling thread busy',
    '%',
    (runs.get('temoin64') ?? []).map((pace) => pace.callerBusy * 100),
  );
  const raw1 = figure('raw SQLite, single-row commits', 'rows/s', rates('raw1'));
  const temoin1 = figure('Témoin, one writer, sealed and durable', 'events/s', rates('temoin1'));
  return {
    figures: [
      raw64,
      temoin64,
      cpu64,
      busy64,
      raw1,
      temoin1,
      figure('Témoin, 64 writers on one stream', 'events/s', [(shared.acknowledged / milliseconds / 2) * 1000]),
    ],
    goals: [
      atLeast('64 writers against raw 64-row transactions', ratioOf(temoin64, raw64), 0.25),
      {
        goal: 'CPU per event over all threads, 64 writers',
        wanted: '≤ 100 µs',
        got: `${cpu64.value.toFixed(1)} µs`,
        met: cpu64.value <= 100,
      },
      atLeast('one writer against raw single-row commits', ratioOf(temoin1, raw1), 0.8),
      {
        goal: '64 writers on one stream: nothing lost, nobody starved',
        wanted: `0 lost, every writer served within ${WRITERS * 2} tries`,
        got: `${shared.acknowledged} stored, ${shared.lost} lost; per writer ${shared.fewest}–${shared.most}; at most ${shared.mostTries} tries`,
        met: shared.lost === 0 && shared.fewest > 0 && shared.mostTries <= WRITERS * 2,
      },
    ],
    notes: [
      `Each row holds ${rowBytes} bytes: the event’s data (two sealed fields of 150 bytes) and metadata.`,
      'Each writer keeps to one stream for a whole run, some hundred events: the index by stream then grows in as many places as there are writers, and an event writes twice the bytes of a raw row. Streams of tens of events write less.',
      'Raw rows lie in one table without a further index; the pragmas are the same (WAL, synchronous=FULL, secure_delete=ON).',
      `Load of the machine (1, 5, 15 minutes) at the end: ${loadavg()
        .map((load) => load.toFixed(1))
        .join(', ')}; above the number of processors, every figure suffers, CPU per event too.`,
      `Medians of ${rounds} runs of ${milliseconds} ms each, in turn, after one to warm up.`,
    ],
  };
}
