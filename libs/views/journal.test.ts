import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { memoryVault } from '#testing/view-story.js';
import * as story from './example-story.test-data.js';
import { setUp } from './example-views.test-data.js';
import { getSession, listJournal } from './journal-queries.js';

const { SESSION, at, day } = story;

describe('the journal', () => {
  it('shows no consent that led to nothing', async () => {
    const { deps } = await setUp();
    expect((await listJournal(deps(), {})).items).toEqual([]);
  });

  it('keeps date, active time, problem, actions, states and outcome of a session [charter:8.1a]', async () => {
    const { deps, session } = await setUp();
    await session(at('08:00'), story.started, ...story.sessionAfterStart, ...story.closing);
    const { items, asOf } = await listJournal(deps(), {});
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      sessionId: SESSION,
      status: 'closed',
      localDay: '2026-06-02',
      activeMinutes: 90,
      outcome: 'partly',
      actions: 2,
      categories: ['other', 'updates'],
      deviations: ['outside-scope', 'overrun'],
      member: { name: { state: 'present', value: 'Ada Exemple' } },
    });
    expect(asOf.position).toMatch(/^\d{20}$/);
    const file = await getSession(deps(), SESSION);
    expect(file?.session?.problem?.problem).toEqual({ state: 'present', value: 'L’imprimante ne répond plus' });
    expect(file?.session?.stateBefore?.state).toEqual({ state: 'present', value: 'File bloquée' });
    expect(file?.session?.stateAfter).toMatchObject({ observed: false, notObservedReason: 'session-cut' });
    expect(file?.session?.actions.map((one) => one.outOfScope)).toEqual([false, true]);
    expect(file?.request?.scope).toEqual({ state: 'present', value: 'Imprimante' });
    expect(file?.consent?.state).toBe('used');
  });

  it('says with which tool, and what was checked before the start [charter:P.2] [charter:7.1a] [charter:7.1b]', async () => {
    const { deps, session } = await setUp();
    const checks = { toolName: 'AutreOutil', otherTool: true, connectivityCheck: false, toolReady: false };
    await session(at('08:00'), { ...story.started, data: { ...story.started.data, ...checks } });
    expect((await getSession(deps(), SESSION))?.session).toMatchObject(checks);
  });

  it('is readable to the anniversary of the session’s end, by the charter it was consented under [charter:8.1f]', async () => {
    const { deps, session } = await setUp();
    await session(at('08:00'), story.started, ...story.sessionAfterStart, ...story.closing);
    const { items } = await listJournal(deps('2027-06-01T10:00:00.000Z' as Instant), {});
    expect(items[0]?.retention).toEqual({ lastConsultableDay: '2027-06-02', purgeDay: '2027-06-03', daysLeft: 1 });
  });

  it('shows a correction beside what was first noted', async () => {
    const { deps, session } = await setUp();
    const placed = await session(at('08:00'), story.started, ...story.sessionAfterStart);
    const action = placed.find(({ event }) => event.type === 'ActionPerformed');
    await session(at('10:10'), story.correctionOf(action?.event.meta.eventId ?? ''));
    const file = await getSession(deps(), SESSION);
    expect(file?.session?.corrections[0]).toMatchObject({
      field: 'description',
      original: { state: 'present', value: 'Pilote mis à jour' },
      corrected: { state: 'present', value: 'Pilote remplacé' },
      reason: 'wrong-fact',
    });
  });

  it('shows the corrected value in its place, the last one, and nothing of a correction that was struck out [charter:4.3]', async () => {
    const { vault, deps, session } = await setUp();
    const placed = await session(at('08:00'), story.started, ...story.sessionAfterStart);
    const eventId = placed.find(({ event }) => event.type === 'ActionPerformed')?.event.meta.eventId ?? '';
    const [first] = await session(at('10:10'), story.correctionOf(eventId));
    const shown = async () => (await getSession(deps(), SESSION))?.session;
    expect((await shown())?.actions[0]).toMatchObject({ eventId, description: { value: 'Pilote remplacé' } });
    expect((await shown())?.actions[1]?.description).toMatchObject({ value: 'Arrière-plan changé' });
    const cell = `m1/session:r1.1/${first?.event.meta.eventId}.value` as CellId;
    await vault.destroy(cell, { destroyedAt: at('12:00'), proof: 's1' });
    expect((await shown())?.actions[0]?.description).toMatchObject({ state: 'erased', proof: 's1' });
    expect((await shown())?.corrections[0]?.original).toMatchObject({ state: 'present' });
  });

  it('finds by category, deviation, person and days, each in its order', async () => {
    const { deps, session } = await setUp();
    await session(at('08:00'), story.started, ...story.sessionAfterStart);
    const count = async (params: Parameters<typeof listJournal>[1]) => (await listJournal(deps(), params)).items.length;
    expect(await count({ category: 'updates' })).toBe(1);
    expect(await count({ category: 'performance' })).toBe(0);
    expect(await count({ deviation: 'overrun', memberId: 'm1', technicianId: 't1' })).toBe(1);
    expect(await count({ from: day('2026-06-02'), to: day('2026-06-02'), sort: 'startedAt' })).toBe(1);
    expect(await count({ from: day('2026-06-03') })).toBe(0);
    expect(await count({ to: day('2026-06-01') })).toBe(0);
  });

  it('says erased, with the proof, once the session’s cell is destroyed; the facts stay', async () => {
    const { vault, deps, session } = await setUp();
    await session(at('08:00'), story.started, ...story.sessionAfterStart);
    await vault.destroy('m1/session:r1.1' as CellId, { destroyedAt: at('12:00'), proof: 'run-1' });
    const file = await getSession(deps(), SESSION);
    expect(file?.session?.problem?.problem).toEqual({ state: 'erased', erasedAt: at('12:00'), proof: 'run-1' });
    expect(file?.session?.actions[0]).toMatchObject({ category: 'updates', description: { state: 'erased' } });
    expect(file?.request?.problem).toMatchObject({ state: 'present' });
  });

  it('says unreadable, never erased, when the vault has no key', async () => {
    const { deps, session } = await setUp();
    await session(at('08:00'), story.started);
    const file = await getSession({ ...deps(), opener: memoryVault() }, SESSION);
    expect(file?.session?.problem?.problem).toEqual({ state: 'unreadable', fault: 'key-missing' });
  });

  it('knows a booked session that has not begun, and nothing of one never booked', async () => {
    const { deps } = await setUp();
    expect((await getSession(deps(), SESSION))?.session).toMatchObject({ status: 'prepared', consent: 'given' });
    expect(await getSession(deps(), 'r1.2')).toBeUndefined();
  });
});
