import { randomBytes, randomUUID } from 'node:crypto';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import type { EventStore, ExpectedRevision, NewEvent } from '#ports/event-store/event-store.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { atMost, type Bench, type BenchReport, figure, inTurn, median, ratioOf } from '../bench.js';

const WRITERS = 64;
const FEW = 10_000;
/** Events of one stream, about a session's. */
const STREAM = 40;

export const bench: Bench = {
  name: 'size',
  about: 'durable appends to a log of many events beside a log of 10 000',
  run: ({ quick, progress }) => measure(quick ? 1_000_000 : 10_000_000, quick ? 500 : 3000, quick ? 5 : 9, progress),
};

async function measure(
  many: number,
  milliseconds: number,
  rounds: number,
  progress: (line: string) => void,
): Promise<BenchReport> {
  const folder = await temporaryFolder();
  const small = await openSqliteEventStore({ file: folder.file('small.sqlite') });
  const large = await openSqliteEventStore({ file: folder.file('large.sqlite') });
  try {
    await fill(small, FEW, () => undefined);
    const started = performance.now();
    await fill(large, many, (done) => progress(`${done.toLocaleString('en')} of ${many.toLocaleString('en')} events`));
    const filling = (many * 1000) / (performance.now() - started);
    const runs = await inTurn(
      {
        small: () => appendTimes(small, milliseconds),
        large: () => appendTimes(large, milliseconds),
      },
      rounds,
      progress,
    );
    const times = (name: string) => (runs.get(name) ?? []).map(median);
    const [few, lots] = [
      figure(`append, ${FEW.toLocaleString('en')} events stored, median`, 'ms', times('small')),
      figure(`append, ${many.toLocaleString('en')} events stored, median`, 'ms', times('large')),
    ];
    return {
      figures: [few, lots, figure('filling, 40 events an append', 'events/s', [filling])],
      goals: [
        atMost(
          `append with ${many.toLocaleString('en')} events stored against ${FEW.toLocaleString('en')}`,
          ratioOf(lots, few),
          1.2,
          ' ×',
        ),
      ],
      notes: [
        `${WRITERS} writers, each on new streams, one event an append, durable; streams of ${STREAM} events stored.`,
        `Medians of ${rounds} runs of ${milliseconds} ms each, in turn, after one to warm up.`,
        ...(many < 10_000_000
          ? [`A full run stores 10 million; a quick one ${many.toLocaleString('en')}, so that it ends soon.`]
          : []),
      ],
    };
  } finally {
    await small.close();
    await large.close();
    await folder.remove();
  }
}

const data = Buffer.from(JSON.stringify({ text: 'x'.repeat(300) }));
const metadata = Buffer.from(JSON.stringify({ version: 1, recordedAt: '2026-06-02T07:30:00.000Z', actor: 'bench' }));
const event = (): NewEvent => ({ eventId: randomUUID(), type: 'ActionPerformed', data, metadata });
const newStream = () => `session-${randomBytes(10).toString('hex')}`;

async function fill(store: EventStore, events: number, onFilled: (events: number) => void): Promise<void> {
  let done = 0;
  let told = 0;
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      while (done < events) {
        done += STREAM;
        await store.append(newStream(), 'no-stream', Array.from({ length: STREAM }, event));
        if (done - told >= 250_000) {
          told = done;
          onFilled(done);
        }
      }
    }),
  );
}

/** @returns milliseconds of each append */
async function appendTimes(store: EventStore, milliseconds: number): Promise<readonly number[]> {
  const until = performance.now() + milliseconds;
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      const stream = newStream();
      let expected: ExpectedRevision = 'no-stream';
      while (performance.now() < until) {
        const started = performance.now();
        expected = (await store.append(stream, expected, [event()])).revision;
        times.push(performance.now() - started);
      }
    }),
  );
  return times;
}
