import { loadavg } from 'node:os';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { openMongoViewStore } from '#adapters/view-store-mongodb/view-store-mongodb.js';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import { sessionsOnFrom } from '#application/facts/sessions-on.js';
import { openTemoin } from '#application/temoin.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { memoryRootKey } from '#testing/open-memory-temoin.js';
import { allViews } from '#views/all-views.js';
import { bindingsWith } from '../../../apps/composition/bindings.js';
import { machineClock } from '../../../apps/composition/clocks.js';
import { atLeast, type Bench, type BenchReport, figure, inTurn, type Pace, paceOf, ratioOf } from '../bench.js';
import { type Corpus, playCorpus, write } from '../corpus.js';
import { rawRebuildMongo } from '../raw-rebuild-mongo.js';
import { rawRebuildSqlite } from '../raw-rebuild-sqlite.js';

interface Folder {
  file(name: string): string;
}

export const bench: Bench = {
  name: 'rebuild',
  about: 'all views rebuilt from the log in one pass, beside reading it raw and writing the same documents raw in bulk',
  run: ({ quick, progress }) => measure(quick ? 4000 : 100_000, quick ? 2 : 3, progress),
};

const PATIENCE = 3_600_000;

async function measure(events: number, rounds: number, progress: (line: string) => void): Promise<BenchReport> {
  progress('playing stories');
  const corpus = await playCorpus(400);
  const mongo = process.env.TEMOIN_TEST_MONGODB_URL ? testingDatabase() : undefined;
  const reports = [await onEngine('SQLite', events, rounds, corpus, progress)];
  if (mongo)
    try {
      reports.push(await onEngine('MongoDB', events, rounds, corpus, progress, mongo));
    } finally {
      await mongo.remove();
    }
  return {
    figures: reports.flatMap(({ figures }) => figures),
    goals: reports.flatMap(({ goals }) => goals),
    notes: [
      'Events of whole stories (members, requests, sessions, complaints, rights), sealed as the product seals them, told again for other people.',
      'All views are rebuilt in one pass: each event is read and decoded once and folded by every view that reads its stream; documents are written beside the live ones, both are compared document by document, and swapped. The raw peer reads the log once and writes the same rows, with the same indexes, in bulk; it decodes, folds and compares nothing.',
      ...new Set(reports.flatMap(({ notes }) => notes)),
    ],
    ...(mongo ? {} : { notRun: ['MongoDB: TEMOIN_TEST_MONGODB_URL is not set'] }),
  };
}

async function onEngine(
  engine: string,
  events: number,
  rounds: number,
  corpus: Corpus,
  progress: (line: string) => void,
  mongo?: ReturnType<typeof testingDatabase>,
): Promise<BenchReport> {
  const folder = await temporaryFolder();
  const eventStore = await openSqliteEventStore({ file: folder.file('events.sqlite') });
  const viewStore = mongo
    ? await openMongoViewStore(mongo)
    : await openSqliteViewStore({ file: folder.file('views.sqlite') });
  try {
    progress(`${engine}: writing events`);
    const count = await write(eventStore, corpus, Math.ceil(events / corpus.size));
    progress(`${engine}: projecting ${count} events into ${allViews.length} views`);
    const projected = performance.now();
    const temoin = await opened(eventStore, viewStore);
    const head = (await eventStore.head()) ?? '';
    for (const { schema } of allViews) await temoin.waitFor(schema.name, head, PATIENCE);
    const seconds = (performance.now() - projected) / 1000;
    const raw = await rawPeer(folder, viewStore, mongo);
    let [documents, applied] = [0, 0];
    const runs = await inTurn(
      {
        raw: async () => {
          await raw.clear();
          return paceOf(async () => {
            await raw.run();
            return count;
          });
        },
        temoin: () =>
          paceOf(async () => {
            [documents, applied] = [0, 0];
            for (const report of await temoin.rebuildAll()) {
              documents += report.documents;
              applied += report.events;
              if (report.differences.length > 0) throw new Error(`the view ${report.view} differs from its rebuild`);
            }
            return count;
          }),
      },
      rounds,
      (line) => progress(`${engine}: ${line}`),
    );
    await raw.close();
    await temoin.close();
    const of = (name: string, key: keyof Pace) => (runs.get(name) ?? []).map((one) => one[key]);
    const rawFigure = figure(`${engine}: raw reading and bulk writing`, 'events/s', of('raw', 'perSecond'));
    const temoin1 = figure(`${engine}: rebuild of all ${allViews.length} views`, 'events/s', of('temoin', 'perSecond'));
    return {
      figures: [
        rawFigure,
        temoin1,
        figure(`${engine}: first projection of all views at once`, 'events/s', [count / seconds]),
        figure(`${engine}: processor time an event, raw`, 'µs', of('raw', 'cpuMicrosecondsEach')),
        figure(`${engine}: processor time an event, rebuild`, 'µs', of('temoin', 'cpuMicrosecondsEach')),
      ],
      goals: [atLeast(`rebuild of all views, ${engine}, against raw`, ratioOf(temoin1, rawFigure), 0.3)],
      notes: [
        `${count.toLocaleString('en')} events stored, folded ${(applied / count).toFixed(1)} times each on the average, into ${documents.toLocaleString('en')} documents. Load ${loadavg()[0]?.toFixed(1)}.`,
      ],
    };
  } finally {
    await viewStore.close();
    await eventStore.close();
    await folder.remove();
  }
}

const rawPeer = (folder: Folder, viewStore: ViewStore, mongo: ReturnType<typeof testingDatabase> | undefined) =>
  mongo
    ? rawRebuildMongo(folder.file('events.sqlite'), viewStore, mongo)
    : rawRebuildSqlite(folder.file('events.sqlite'), folder.file('views.sqlite'), folder.file('raw.sqlite'));

function opened(eventStore: Awaited<ReturnType<typeof openSqliteEventStore>>, viewStore: ViewStore) {
  return openTemoin({
    eventStore,
    viewStore,
    keyVault: memoryKeyVault(),
    rootKey: memoryRootKey(),
    clock: machineClock,
    bindings: bindingsWith(sessionsOnFrom(viewStore)),
    views: allViews,
    onAlarm: (alarm) => {
      if (alarm.kind === 'stream-parked') throw new Error(`a stream of the corpus is parked: ${alarm.parked.fault}`);
    },
  });
}
