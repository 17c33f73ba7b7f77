import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EventStore } from '#ports/event-store/event-store.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openSqliteEventStore } from './event-store-sqlite.js';

interface Writer {
  readonly child: ChildProcess;
  readonly acknowledged: () => readonly string[];
}

function startWriter(file: string, stream: string, writers: number, count: number): Writer {
  const script = fileURLToPath(new URL('./append-process.js', import.meta.url));
  const child = spawn(process.execPath, [script, file, stream, String(writers), String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  // The last line may be cut by the kill.
  return { child, acknowledged: () => said.split('\n').slice(0, -1) };
}

async function stored(store: EventStore): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const event of store.readAll()) ids.push(event.eventId);
  return ids;
}

describe('several processes on one event store', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let store: EventStore | undefined;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
    await folder.remove();
  });

  it('write one stream together: nothing is lost, and a subscriber in a third one sees it all in order', async () => {
    const file = folder.file('events.sqlite');
    store = await openSqliteEventStore({ file });
    const seen: string[] = [];
    const following = (async (from: EventStore) => {
      for await (const delivery of from.subscribe())
        if (delivery.kind === 'event' && seen.push(delivery.event.eventId) === 240) return;
    })(store);
    const writers = [startWriter(file, 'shared-1', 2, 60), startWriter(file, 'shared-1', 2, 60)];
    const ends = await Promise.all(writers.map(({ child }) => once(child, 'close')));
    expect(ends).toEqual(writers.map(() => [0, null]));
    await following;
    expect(await stored(store)).toEqual(seen);
    expect([...seen].sort()).toEqual(writers.flatMap((writer) => writer.acknowledged()).sort());
  });

  it('lose nothing that was acknowledged when one is killed amid appends', async () => {
    const file = folder.file('events.sqlite');
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const writer = startWriter(file, `round${round}-*`, 16, 100_000);
      while (writer.acknowledged().length < 100 * (round + 1))
        await once(writer.child.stdout as NodeJS.ReadableStream, 'data');
      writer.child.kill('SIGKILL');
      await once(writer.child, 'close');
      acknowledged.push(...writer.acknowledged());
    }
    store = await openSqliteEventStore({ file });
    const there = new Set(await stored(store));
    expect(acknowledged.length).toBeGreaterThanOrEqual(600);
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
  });
});
