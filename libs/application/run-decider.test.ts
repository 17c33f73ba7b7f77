import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryLog } from '#adapters/event-store-memory/memory-log.js';
import { memoryCells, memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { type EventStore, type StoredEvent } from '#ports/event-store/event-store.js';
import { memoryRootKey, openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { notOpened, type VisitCommand } from '#testing/visit.js';
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

describe('a command', () => {
  it('answers a receipt with stream, revision, position and event types', async () => {
    const temoin = await opened();
    const first = envelope(open);
    expect(await temoin.execute(first)).toEqual({
      outcome: 'accepted',
      repeated: false,
      receipt: {
        commandId: first.commandId,
        stream: 'visit-s1',
        revision: 0,
        position: await temoin.eventStore.head(),
        events: ['VisitOpened'],
      },
    });
    const second = await temoin.execute(envelope(note('un', 'deux')));
    expect(second).toMatchObject({ receipt: { revision: 2, events: ['VisitNoted', 'VisitNoted'] } });
  });

  it('answers the refusal of its decider and stores nothing', async () => {
    const temoin = await opened();
    expect(await temoin.execute(envelope(note('un')))).toEqual({ outcome: 'refused', refusal: notOpened() });
    expect(await temoin.eventStore.head()).toBeUndefined();
  });

  it('that is satisfied already appends nothing and says where the stream is, again and again', async () => {
    const temoin = await opened();
    await temoin.execute(envelope(open));
    const satisfied = envelope({ type: 'Note', notes: ['x'], unless: 0 });
    const receipt = {
      commandId: satisfied.commandId,
      stream: 'visit-s1',
      revision: 0,
      position: undefined,
      events: [],
    };
    for (const _ of [1, 2])
      expect(await temoin.execute(satisfied)).toEqual({ outcome: 'accepted', repeated: false, receipt });
  });

  it('for a category that nobody bound is a fault of the caller', async () => {
    const temoin = await opened();
    for (const stream of ['other-1', 'visit', 'visit-'])
      await expect(temoin.execute(envelope(open, { stream }))).rejects.toMatchObject({ code: 'unknown-category' });
  });
});

describe('a repeated command id', () => {
  it('answers the first receipt and changes nothing, after others and in another process', async () => {
    const log = memoryLog();
    const rootKey = memoryRootKey();
    const cells = memoryCells();
    const process = () => opened({ eventStore: memoryEventStore(log), keyVault: memoryKeyVault(cells), rootKey });
    const [here, there] = [await process(), await process()];
    const command = envelope(open, { requestDigest: '1.aaa' });
    const first = await here.execute(command);
    await here.execute(envelope(note('un')));
    for (const temoin of [here, there, await process()])
      expect(await temoin.execute(command)).toEqual({ ...first, repeated: true });
    expect(log.events).toHaveLength(2);
  });

  it('with another request is told apart', async () => {
    const temoin = await opened();
    const command = envelope(open, { requestDigest: '1.aaa' });
    await temoin.execute(command);
    expect(await temoin.execute({ ...command, requestDigest: '1.bbb' })).toEqual({ outcome: 'command-id-reused' });
  });

  it('given twice at the same time happens once', async () => {
    const temoin = await opened();
    const command = envelope(open);
    const outcomes = await Promise.all([temoin.execute(command), temoin.execute(command)]);
    expect(outcomes.map((one) => one.outcome === 'accepted' && one.repeated)).toEqual([false, true]);
    expect(await eventsOf(temoin.eventStore)).toHaveLength(1);
  });

  it('running the same commands twice, in any order of repeats, is running them once', async () => {
    const steps = fc.array(
      fc.record({ notes: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 3 }), repeats: fc.nat(2) }),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (wanted) => {
        const temoin = await opened();
        const commands = [envelope(open), ...wanted.map(({ notes }) => envelope(note(...notes)))];
        for (const [index, command] of commands.entries()) {
          await temoin.execute(command);
          for (let n = 0; n < (wanted[index]?.repeats ?? 0); n += 1)
            await temoin.execute(commands[Math.floor((index * n) / 2)] ?? command);
        }
        const before = await eventsOf(temoin.eventStore);
        for (const command of commands) expect(await temoin.execute(command)).toMatchObject({ repeated: true });
        expect(await eventsOf(temoin.eventStore)).toEqual(before);
        expect(before).toHaveLength(1 + wanted.reduce((sum, { notes }) => sum + notes.length, 0));
      }),
      { numRuns: 40 },
    );
  });
});

describe('an expected revision', () => {
  it('is met exactly or answered with the actual one', async () => {
    const temoin = await opened();
    expect(await temoin.execute(envelope(open, { expectedRevision: 0 }))).toEqual({
      outcome: 'conflict',
      actual: 'no-stream',
    });
    expect(await temoin.execute(envelope(open, { expectedRevision: 'no-stream' }))).toMatchObject({
      outcome: 'accepted',
    });
    expect(await temoin.execute(envelope(note('x'), { expectedRevision: 'no-stream' }))).toEqual({
      outcome: 'conflict',
      actual: 0,
    });
    expect(await temoin.execute(envelope(note('x'), { expectedRevision: 0 }))).toMatchObject({ outcome: 'accepted' });
  });
});
