import { Console } from 'node:console';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import {
  atLeast,
  type Bench,
  type BenchReport,
  figure,
  inTurn,
  nothingRun,
  type Pace,
  paceOf,
  ratioOf,
} from '../bench.js';
import { sealedAppends } from '../sealed-appends.js';

const WRITERS = 64;

/** Of Emmett what is used here; it is no dependency, so that nothing of the project needs its native parts. */
interface Emmett {
  appendToStream(
    stream: string,
    events: readonly { readonly type: string; readonly data: object; readonly metadata: object }[],
    options: { readonly expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' },
  ): Promise<{ readonly nextExpectedStreamVersion: bigint }>;
}
interface EmmettModule {
  getSQLiteEventStore(options: {
    readonly fileName: string;
    readonly schema: { readonly autoMigration: 'CreateOrUpdate' };
  }): Emmett;
}

export const bench: Bench = {
  name: 'emmett',
  about: 'durable appends by 64 writers beside Emmett on SQLite',
  async run({ quick, progress }) {
    const folder = process.env.TEMOIN_TEST_EMMETT;
    if (!folder)
      return nothingRun(
        'TEMOIN_TEST_EMMETT does not name a folder with Emmett in it. It is no dependency: its driver `sqlite3` is compiled where there is no ready-made build (two minutes, 150 packages). In a folder of its own: `npm install @event-driven-io/emmett-sqlite@0.38.5 @event-driven-io/emmett@0.38.5 sqlite3@5`.',
      );
    const load = createRequire(join(folder, 'package.json'));
    return measure(
      load('@event-driven-io/emmett-sqlite') as EmmettModule,
      quick ? 1000 : 4000,
      quick ? 3 : 7,
      progress,
    );
  },
};

interface Tried extends Pace {
  readonly failed: number;
  readonly first: string;
}

async function measure(
  emmett: EmmettModule,
  milliseconds: number,
  rounds: number,
  progress: (line: string) => void,
): Promise<BenchReport> {
  const folder = await temporaryFolder();
  const temoin = await sealedAppends(folder);
  const fileName = folder.file('emmett.sqlite');
  const store = emmett.getSQLiteEventStore({ fileName, schema: { autoMigration: 'CreateOrUpdate' } });
  const sample = await temoin.sealedEvent(`session-${randomBytes(12).toString('hex')}`);
  const parsed = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString('utf8')) as object;
  const event = { type: 'ActionPerformed', data: parsed(sample.data), metadata: parsed(sample.metadata) };
  try {
    const runs = await inTurn<Tried>(
      {
        emmett1: () => writers(store, event, 1, milliseconds),
        temoin: async () => ({ ...(await temoin.writers(WRITERS, milliseconds)), failed: 0, first: '' }),
      },
      rounds,
      progress,
    );
    progress('Emmett with 64 writers, once');
    const many = await quietly(() => writers(store, event, WRITERS, milliseconds));
    const rates = (name: string) => (runs.get(name) ?? []).map(({ perSecond }) => perSecond);
    const mine = figure('Témoin, 64 writers, sealed and durable', 'events/s', rates('temoin'));
    const theirs = figure('Emmett on SQLite, 64 writers, in clear', 'events/s', [many.perSecond]);
    const one = figure('Emmett on SQLite, one writer, in clear', 'events/s', rates('emmett1'));
    const { failed, first } = many;
    return {
      figures: [one, theirs, mine],
      goals: [
        atLeast(
          '64 writers against the better of Emmett’s two figures',
          theirs.value > one.value ? mine.value / theirs.value : ratioOf(mine, one),
          5,
        ),
      ],
      notes: [
        'Emmett 0.38.5 with `sqlite3` 5 as its documentation opens it; the same events, stored as clear JSON.',
        failed === 0
          ? 'No append of Emmett’s failed.'
          : `${failed} appends of Emmett’s failed with 64 writers; the first: « ${first} ». They are not counted.`,
        `With 64 writers Emmett runs once; otherwise medians of ${rounds} runs of ${milliseconds} ms each, in turn, after one to warm up.`,
      ],
    };
  } finally {
    await temoin.close();
    await folder.remove();
  }
}

/** Its driver writes every failure to the console. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const before = globalThis.console;
  globalThis.console = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }));
  try {
    return await work();
  } finally {
    globalThis.console = before;
  }
}

async function writers(
  store: Emmett,
  event: Parameters<Emmett['appendToStream']>[1][number],
  count: number,
  milliseconds: number,
): Promise<Tried> {
  let [failed, first] = [0, ''];
  const until = performance.now() + milliseconds;
  const pace = await paceOf(async () => {
    const written = await Promise.all(
      Array.from({ length: count }, async () => {
        const stream = `session-${randomBytes(12).toString('hex')}`;
        let expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' = 'STREAM_DOES_NOT_EXIST';
        let done = 0;
        while (performance.now() < until)
          try {
            const appended = await store.appendToStream(stream, [event], { expectedStreamVersion });
            expectedStreamVersion = appended.nextExpectedStreamVersion;
            done += 1;
          } catch (error) {
            if (failed === 0) first = (error as Error).message.slice(0, 120);
            failed += 1;
            // whoever fails at once must not keep the others from their turn
            await new Promise((resolve) => setTimeout(resolve, 1));
          }
        return done;
      }),
    );
    return written.reduce((sum, one) => sum + one, 0);
  });
  return { ...pace, failed, first };
}
