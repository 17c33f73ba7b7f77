import { randomBytes, randomUUID } from 'node:crypto';
import { EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { openEventStoreDb } from '#adapters/event-store-eventstoredb/event-store-eventstoredb.js';
import type { EventStore, ExpectedRevision } from '#ports/event-store/event-store.js';
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

const IN_FLIGHT = 64;
const TYPE = 'ActionPerformed';

export const bench: Bench = {
  name: 'eventstoredb',
  about: 'appends on EventStoreDB, 64 in flight, beside the raw client on the same server',
  async run({ quick, progress }) {
    const connectionString = process.env.TEMOIN_TEST_EVENTSTOREDB_URL;
    if (!connectionString) return nothingRun('TEMOIN_TEST_EVENTSTOREDB_URL is not set');
    return measure(connectionString, quick ? 1000 : 5000, quick ? 4 : 9, progress);
  },
};

async function measure(
  connectionString: string,
  milliseconds: number,
  rounds: number,
  progress: (line: string) => void,
): Promise<BenchReport> {
  const folder = await temporaryFolder();
  const raw = EventStoreDBClient.connectionString(connectionString);
  const store = await openEventStoreDb({ connectionString });
  const sealing = await sealedAppends(folder, store);
  const sample = await sealing.sealedEvent(`session-${randomBytes(12).toString('hex')}`);
  const bytes = { data: Buffer.from(sample.data), metadata: Buffer.from(sample.metadata) };
  const content = {
    data: JSON.parse(bytes.data.toString()) as Record<string, unknown>,
    metadata: JSON.parse(bytes.metadata.toString()) as Record<string, unknown>,
  };
  try {
    const runs = await inTurn(
      {
        raw: () => many(milliseconds, (stream) => rawWriter(raw, stream, content)),
        temoin: () => many(milliseconds, (stream) => writer(store, stream, bytes)),
        sealed: () => sealing.writers(IN_FLIGHT, milliseconds),
      },
      rounds,
      progress,
    );
    const rates = (name: string) => (runs.get(name) ?? []).map((pace: Pace) => pace.perSecond);
    const rawRate = figure('raw client, appendToStream, 64 in flight', 'events/s', rates('raw'));
    const temoin = figure('Témoin’s adapter, 64 in flight', 'events/s', rates('temoin'));
    const sealed = figure('Témoin, sealed, 64 in flight', 'events/s', rates('sealed'));
    return {
      figures: [rawRate, temoin, sealed],
      goals: [atLeast('EventStoreDB, 64 in flight against the raw client', ratioOf(temoin, rawRate), 0.8)],
      notes: [
        `One event of ${bytes.data.byteLength + bytes.metadata.byteLength} bytes an append, each writer on a stream of its own with the exact expected revision.`,
        'Server and clients share the machine.',
        `Medians of ${rounds} runs of ${milliseconds} ms each, in turn, after one to warm up.`,
      ],
    };
  } finally {
    await sealing.close();
    await raw.dispose();
    await folder.remove();
  }
}

/** Sixty-four writers, each waiting for its answer before it writes again. */
function many(milliseconds: number, open: (stream: string) => () => Promise<void>): Promise<Pace> {
  const until = performance.now() + milliseconds;
  return paceOf(async () => {
    const written = await Promise.all(
      Array.from({ length: IN_FLIGHT }, async () => {
        const write = open(`bench${randomBytes(4).toString('hex')}-${randomUUID()}`);
        let count = 0;
        for (; performance.now() < until; count += 1) await write();
        return count;
      }),
    );
    return written.reduce((sum, one) => sum + one, 0);
  });
}

function writer(store: EventStore, stream: string, bytes: { readonly data: Buffer; readonly metadata: Buffer }) {
  let expected: ExpectedRevision = 'no-stream';
  return async () => {
    expected = (await store.append(stream, expected, [{ eventId: randomUUID(), type: TYPE, ...bytes }])).revision;
  };
}

/** As the client's own guide has it, with the library's own JSON. */
function rawWriter(
  client: EventStoreDBClient,
  stream: string,
  content: { readonly data: Record<string, unknown>; readonly metadata: Record<string, unknown> },
) {
  let next = -1n;
  return async () => {
    const event = { contentType: 'application/json', id: randomUUID(), type: TYPE, ...content } as const;
    const expectedRevision = next < 0n ? NO_STREAM : next;
    next = (await client.appendToStream(stream, [event], { expectedRevision })).nextExpectedRevision;
  };
}
