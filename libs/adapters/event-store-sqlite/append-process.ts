// A process of its own for tests: appends until it is told to stop or is killed, and says what was acknowledged.
import { randomUUID } from 'node:crypto';
import type { ExpectedRevision } from '#ports/event-store/event-store.js';
import { openSqliteEventStore } from './event-store-sqlite.js';

const [file = '', stream = '', writers = '1', count = '1'] = process.argv.slice(2);
const store = await openSqliteEventStore({ file });

async function write(to: string): Promise<void> {
  let expected: ExpectedRevision = 'no-stream';
  for (let written = 0; written < Number(count); ) {
    const eventId = randomUUID();
    const data = Buffer.from(JSON.stringify({ written, padding: 'x'.repeat(200) }));
    try {
      expected = (await store.append(to, expected, [{ eventId, type: 'Happened', data, metadata: Buffer.from('{}') }]))
        .revision;
      process.stdout.write(`${eventId}\n`);
      written += 1;
    } catch (error) {
      const { code, actual } = error as { code?: string; actual?: ExpectedRevision };
      // another process may keep the file locked for long on a busy machine: nothing was stored
      if (code === 'unavailable') continue;
      if (code !== 'wrong-expected-revision' || actual === undefined) throw error;
      expected = actual;
    }
  }
}

await Promise.all(Array.from({ length: Number(writers) }, (_, index) => write(stream.replace('*', String(index)))));
await store.close();
