import { randomUUID } from 'node:crypto';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { fixedClock, openMemoryTemoin } from '#testing/open-memory-temoin.js';
import type { VisitCommand } from '#testing/visit.js';
import type { ReplayedEvent, ReplayRange } from './replay-stream.js';
import type { Temoin } from './temoin.js';

const MINUTE = 60_000;
const clock = fixedClock('2026-06-02T07:30:00.000Z');
let temoin: Temoin;
beforeAll(async () => {
  temoin = await openMemoryTemoin({ project: false, clock });
  const give = async (command: VisitCommand) => {
    const given = { commandId: randomUUID(), actor: 'staff-1', actorRoles: [], stream: 'visit-s1', command };
    expect(await temoin.execute(given)).toMatchObject({ outcome: 'accepted' });
    clock.advance(MINUTE);
  };
  await give({ type: 'OpenVisit', memberId: 'm1', name: 'Ada Fictive', problem: 'écran' });
  for (let n = 1; n <= 150; n += 1) await give({ type: 'Note', notes: [`note ${n}`] });
});
afterAll(() => temoin.close());

async function replay(range?: ReplayRange, stream = 'visit-s1'): Promise<readonly ReplayedEvent[]> {
  const found: ReplayedEvent[] = [];
  for await (const one of temoin.stream(stream, range)) found.push(one);
  return found;
}

describe('replaying a stream', () => {
  it('gives every event in order, sealed unless asked', async () => {
    const events = await replay();
    expect(events.map(({ meta }) => meta.revision)).toEqual(Array.from({ length: 151 }, (_, n) => n));
    expect(events[0]).toMatchObject({ type: 'VisitOpened', personal: ['name', 'problem'], meta: { actor: 'staff-1' } });
    expect(JSON.stringify(events)).not.toContain('Ada Fictive');
    expect(await replay({}, 'visit-none')).toEqual([]);
  });

  it('opens every value, over pages, in its own place', async () => {
    const events = await replay({ open: true });
    expect(events[0]?.data).toMatchObject({ memberId: 'm1', name: { state: 'present', value: 'Ada Fictive' } });
    for (const [n, { data }] of events.entries())
      if (n > 0) expect(data.note).toEqual({ state: 'present', value: `note ${n}` });
  });

  it('shows the stream as it stood at an instant', async () => {
    const revisions = async (recordedUntil: string) =>
      (await replay({ recordedUntil: recordedUntil as Instant })).length;
    expect(await revisions('2026-06-02T07:29:59.999Z')).toBe(0);
    expect(await revisions('2026-06-02T07:30:00.000Z')).toBe(1);
    expect(await revisions('2026-06-02T07:32:30.000Z')).toBe(3);
  });

  it('takes a range, forwards and backwards', async () => {
    const revisions = async (range: ReplayRange) => (await replay(range)).map(({ meta }) => meta.revision);
    expect(await revisions({ from: 149 })).toEqual([149, 150]);
    expect(await revisions({ from: 3, limit: 2 })).toEqual([3, 4]);
    expect(await revisions({ direction: 'backwards', limit: 2 })).toEqual([150, 149]);
    expect(await revisions({ limit: 0 })).toEqual([]);
  });

  it('reads as erased what was erased since, at whatever date one looks', async () => {
    const destroyedAt = '2026-07-01T00:00:00.000Z' as Instant;
    await temoin.vault.destroy('m1/session:s1' as CellId, { destroyedAt, proof: 'p' });
    const [first, second] = await replay({
      open: true,
      limit: 2,
      recordedUntil: '2026-06-02T08:00:00.000Z' as Instant,
    });
    expect(first?.data).toMatchObject({
      name: { state: 'present', value: 'Ada Fictive' },
      problem: { state: 'erased', erasedAt: destroyedAt, proof: 'p' },
    });
    expect(second?.data).toMatchObject({ note: { state: 'erased' } });
  });
});
