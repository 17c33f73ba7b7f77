import { randomUUID } from 'node:crypto';
import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryLog } from '#adapters/event-store-memory/memory-log.js';
import { memoryCells, memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { type EventStore, EventStoreError, type StoredEvent } from '#ports/event-store/event-store.js';
import { memoryRootKey, openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { type VisitCommand, visit } from '#testing/visit.js';
import type { CommandEnvelope } from './command.js';
import type { Temoin } from './temoin.js';

const open: VisitCommand = { type: 'OpenVisit', memberId: 'm1', name: 'Ada', problem: 'écran' };
const note = (...notes: readonly string[]): VisitCommand => ({ type: 'Note', notes });
const envelope = (command: VisitCommand, given: Partial<CommandEnvelope> = {}): CommandEnvelope => ({
  commandId: randomUUID(),
  actor: 'staff-1',
  actorRoles: [],
  stream: 'visit-s1',
  command,
  ...given,
});
async function eventsOf(eventStore: EventStore): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const event of eventStore.readAll()) found.push(event);
  return found;
}
const running: Temoin[] = [];
const opened = async (given: Parameters<typeof openMemoryTemoin>[0] = {}): Promise<Temoin> => {
  const temoin = await openMemoryTemoin({ project: false, ...given });
  running.push(temoin);
  return temoin;
};
afterEach(async () => {
  for (const temoin of running.splice(0)) await temoin.close();
});

describe('many at once', () => {
  it('64 commands on one stream lose nothing and repeat nothing', async () => {
    const temoin = await opened();
    await temoin.execute(envelope(open));
    const outcomes = await Promise.all(Array.from({ length: 64 }, (_, n) => temoin.execute(envelope(note(`n${n}`)))));
    expect(outcomes.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    const numbers = (await eventsOf(temoin.eventStore))
      .slice(1)
      .map(({ data }) => JSON.parse(Buffer.from(data).toString()).number);
    expect(numbers).toEqual(Array.from({ length: 64 }, (_, n) => n + 1));
  });

  it('two processes on one stream decide on what is really there', async () => {
    const log = memoryLog();
    const shared = { rootKey: memoryRootKey() };
    const cells = memoryCells();
    const both = await Promise.all(
      [1, 2].map(() => opened({ ...shared, eventStore: memoryEventStore(log), keyVault: memoryKeyVault(cells) })),
    );
    await both[0]?.execute(envelope(open));
    const outcomes = await Promise.all(
      both.flatMap((temoin) => Array.from({ length: 20 }, (_, n) => temoin.execute(envelope(note(`n${n}`))))),
    );
    const accepted = outcomes.filter(({ outcome }) => outcome === 'accepted').length;
    expect(outcomes.every(({ outcome }) => outcome === 'accepted' || outcome === 'conflict')).toBe(true);
    expect(log.events).toHaveLength(1 + accepted);
    expect(accepted).toBeGreaterThan(20);
    // A refusal must rest on the newest state too, although this process kept an older one.
    expect(await both[1]?.execute(envelope(open))).toMatchObject({ outcome: 'refused' });
  });

  it('answers a conflict after three new decisions against a stream that never stands still', async () => {
    const inner = memoryEventStore();
    let appends = 0;
    const eventStore: EventStore = {
      ...inner,
      append() {
        appends += 1;
        return Promise.reject(new EventStoreError('wrong-expected-revision', 'elsewhere', { actual: 7 }));
      },
    };
    const temoin = await opened({ eventStore });
    expect(await temoin.execute(envelope(open))).toEqual({ outcome: 'conflict', actual: 'no-stream' });
    expect(appends).toBe(4);
  });
});

describe('an append of unknown outcome', () => {
  const unknown = () => new EventStoreError('unknown-outcome', 'timed out');

  it('that was stored is read back: one event, one receipt', async () => {
    const inner = memoryEventStore();
    let once = true;
    const eventStore: EventStore = {
      ...inner,
      async append(...given) {
        const appended = await inner.append(...given);
        if (!once) return appended;
        once = false;
        throw unknown();
      },
    };
    const temoin = await opened({ eventStore });
    expect(await temoin.execute(envelope(open))).toMatchObject({ outcome: 'accepted', receipt: { revision: 0 } });
    expect(await eventsOf(inner)).toHaveLength(1);
  });

  it('that was not stored is sent again, the very same', async () => {
    const inner = memoryEventStore();
    const sent: unknown[] = [];
    const eventStore: EventStore = {
      ...inner,
      async append(stream, expected, events) {
        sent.push(JSON.stringify([stream, expected, events]));
        if (sent.length === 1) throw unknown();
        return inner.append(stream, expected, events);
      },
    };
    const temoin = await opened({ eventStore });
    expect(await temoin.execute(envelope(open))).toMatchObject({ outcome: 'accepted' });
    expect(sent).toHaveLength(2);
    expect(sent[0]).toBe(sent[1]);
  });

  it('is the caller’s to know when it stays unknown; the same command id again is safe', async () => {
    const inner = memoryEventStore();
    let failing = true;
    const eventStore: EventStore = {
      ...inner,
      append: (...given) => (failing ? Promise.reject(unknown()) : inner.append(...given)),
    };
    const temoin = await opened({ eventStore });
    const command = envelope(open);
    await expect(temoin.execute(command)).rejects.toMatchObject({ code: 'unknown-outcome' });
    failing = false;
    expect(await temoin.execute(command)).toMatchObject({ outcome: 'accepted' });
    expect(await eventsOf(inner)).toHaveLength(1);
  });
});

describe('keys and events', () => {
  it('a crash between sealing and appending leaves a key that the retry uses', async () => {
    const inner = memoryEventStore();
    const shared = { rootKey: memoryRootKey() };
    const cells = memoryCells();
    const dying: EventStore = { ...inner, append: () => Promise.reject(new EventStoreError('unavailable', 'killed')) };
    const before = await opened({ ...shared, keyVault: memoryKeyVault(cells), eventStore: dying });
    const command = envelope(open);
    await expect(before.execute(command)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await before.vault.list('m1')).toHaveLength(2);
    const after = await opened({ ...shared, keyVault: memoryKeyVault(cells), eventStore: inner });
    expect(await after.execute(command)).toMatchObject({ outcome: 'accepted' });
    expect(await after.vault.list('m1')).toHaveLength(2);
    for await (const one of after.stream('visit-s1', { open: true }))
      expect(one.data).toMatchObject({ name: { state: 'present', value: 'Ada' } });
  });

  it('personal data for a destroyed cell is not stored; what needs none of it still is', async () => {
    const temoin = await opened();
    await temoin.execute(envelope(open));
    const destroyedAt = '2026-07-01T00:00:00.000Z' as Instant;
    await temoin.vault.destroy('m1' as CellId, { destroyedAt, proof: 'erasure-1' });
    expect(await temoin.execute(envelope(note('x')))).toMatchObject({ outcome: 'erased', erasedAt: destroyedAt });
    expect(await eventsOf(temoin.eventStore)).toHaveLength(1);
    const without = envelope({ type: 'Note', notes: [undefined] });
    expect(await temoin.execute(without)).toMatchObject({ outcome: 'accepted', receipt: { revision: 1 } });
  });
});

describe('states for facts', () => {
  it('are read fresh, and initial for a stream that does not exist', async () => {
    const temoin = await opened();
    expect(await temoin.reader.state(visit.aggregate, 's9')).toEqual({ memberId: undefined, notes: 0 });
    await temoin.execute(envelope(open));
    await temoin.execute(envelope(note('a', 'b')));
    expect(await temoin.reader.state(visit.aggregate, 's1')).toEqual({ memberId: 'm1', notes: 2 });
  });
});
