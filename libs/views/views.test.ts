import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { memoryVault, type Placed, project, storyteller } from '#testing/view-story.js';
import { appointmentsView, listAppointments } from './appointments.js';
import { board, boardView, timerOf } from './board.js';
import { chartersView } from './charters.js';
import { compliance, complianceView, listDeviations } from './compliance.js';
import { consentsView } from './consents.js';
import { getConsent, listConsents } from './consents-queries.js';
import { credentialsView } from './credentials.js';
import * as story from './example-story.test-data.js';
import { journalView } from './journal.js';
import { getSession, listJournal } from './journal-queries.js';
import { getMember, membersView } from './members.js';
import { requestsView } from './requests.js';
import type { ViewDefinition } from './view.js';
import { workQueue } from './work-queue.js';

const { SESSION, at, day } = story;
const VIEWS = [
  journalView,
  consentsView,
  complianceView,
  boardView,
  appointmentsView,
  credentialsView,
  requestsView,
  membersView,
  chartersView,
] satisfies readonly ViewDefinition[];

async function setUp() {
  const vault = memoryVault();
  const tell = storyteller(story.declarations, vault);
  const before = [
    ...(await tell('charter-association', at('06:00'), story.charterPublished)),
    ...(await tell('member-m1', at('06:10'), story.registered('m1', 'Ada Exemple'))),
    ...(await tell('request-r1', at('06:30'), ...story.requestEventsOfStory)),
    ...(await tell('session-r1.1', at('06:50'), story.consentGiven)),
  ];
  let viewStore: ViewStore | undefined;
  const see = async (events: readonly Placed[]) => {
    for (const view of VIEWS) viewStore = await project(view, events, viewStore);
  };
  await see(before);
  const deps = (now: string | Instant = at('08:00')) => {
    if (viewStore === undefined) throw new TypeError('nothing was projected');
    return { viewStore, opener: vault, now: now as Instant };
  };
  const session = async (recordedAt: string, ...events: Parameters<typeof tell>[2][]) => {
    const placed = await tell('session-r1.1', recordedAt, ...events);
    await see(placed);
    return placed;
  };
  return { vault, tell, see, deps, session };
}

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

describe('the consent ledger', () => {
  it('shows statements, charter version and state; it is live on its day only [charter:3.1a]', async () => {
    const { deps } = await setUp();
    expect((await listConsents(deps(), { state: 'live' })).items[0]).toMatchObject({
      state: 'live',
      charterVersionId: 'v1',
      statements: { eightDays: false },
    });
    const later = deps('2026-06-03T08:00:00.000Z' as Instant);
    expect((await listConsents(later, { state: 'live' })).items).toEqual([]);
    expect((await listConsents(later, { state: 'lapsed' })).items[0]?.state).toBe('lapsed');
  });

  it('lists open neither the signer nor the number called; the entry does', async () => {
    const { deps } = await setUp();
    expect(JSON.stringify((await listConsents(deps(), {})).items)).not.toContain('signerName');
    expect((await getConsent(deps(), SESSION))?.signerName).toEqual({ state: 'present', value: 'Ada Exemple' });
  });

  it('is used by the start, ended by a withdrawal, void once the member left the service [charter:3.1c]', async () => {
    const first = await setUp();
    await first.session(at('07:30'), story.withdrawn);
    expect((await getConsent(first.deps(), SESSION))?.state).toBe('withdrawn');
    const second = await setUp();
    await second.see(await second.tell('member-m1', at('07:00'), story.unsubscribed));
    expect((await getConsent(second.deps(), SESSION))?.state).toBe('void');
    const third = await setUp();
    await third.session(at('08:00'), story.started);
    await third.see(await third.tell('member-m1', at('07:00'), story.unsubscribed));
    expect((await getConsent(third.deps(), SESSION))?.state).toBe('used');
  });
});

describe('compliance', () => {
  it('counts deviations per rule and article, and those that still wait for a comment', async () => {
    const { deps, session } = await setUp();
    await session(at('08:00'), story.started, ...story.sessionAfterStart, ...story.closing);
    const seen = await compliance(deps(), {});
    expect(seen).toMatchObject({ total: 2, open: 1 });
    expect(seen.rows).toHaveLength(13);
    expect(seen.rows.find((row) => row.code === 'outside-scope')).toMatchObject({ article: '3.2', total: 1, open: 0 });
    expect(seen.articles.find((row) => row.article === '7.2')).toEqual({ article: '7.2', total: 1, open: 1 });
    expect(await compliance(deps(), { to: day('2026-06-01') })).toMatchObject({ total: 0 });
    const open = await listDeviations(deps(), { review: 'open' });
    expect(open.items).toEqual([expect.objectContaining({ code: 'overrun', activeMinutes: 90, allowedMinutes: 60 })]);
  });
});

describe('the live board', () => {
  it('times connected minutes only and warns at 45 and 55 [charter:7.2a]', async () => {
    const { deps, session } = await setUp();
    await session(at('08:00'), story.started, story.paused, story.resumed);
    const warning = async (now: string) => (await board(deps(at(now)))).items[0]?.timer;
    expect(await warning('08:54')).toMatchObject({ activeSeconds: 44 * 60, warning: 'none' });
    expect(await warning('08:55')).toMatchObject({ activeSeconds: 45 * 60, warning: 'approaching' });
    expect(await warning('09:05')).toMatchObject({ warning: 'last-minutes' });
    expect(await warning('09:10')).toMatchObject({ remainingSeconds: 0, warning: 'over' });
  });

  it('counts nothing before a start that lies ahead', () => {
    expect(timerOf([{ from: at('08:00') }], 60, at('07:00')).activeSeconds).toBe(0);
  });

  it('keeps an ended session until it is closed', async () => {
    const { deps, session } = await setUp();
    await session(at('08:00'), story.started, ...story.sessionAfterStart);
    expect((await board(deps())).items[0]?.status).toBe('ended');
    await session(at('09:45'), ...story.closing);
    expect((await board(deps())).items).toEqual([]);
  });
});

describe('the work queue', () => {
  it('shows what waits today: appointment, missing consent, session to close, deviation, open credential', async () => {
    const { deps, session, tell, see } = await setUp();
    const booked = story.requestEventsOfStory[2];
    if (booked === undefined) throw new TypeError('the story lost its booking');
    const second = {
      ...booked,
      data: { ...booked.data, sessionId: 'r1.2', startsAt: at('12:00'), endsAt: at('13:00') },
    };
    await see(await tell('request-r1', at('06:40'), second));
    await session(at('08:00'), story.started, ...story.sessionAfterStart);
    const queue = await workQueue(deps(at('10:00')));
    expect(queue.appointmentsToday).toMatchObject({ total: 2, items: [{ sessionId: 'r1.1' }, { sessionId: 'r1.2' }] });
    expect(queue.consentsMissing).toMatchObject({ total: 1, items: [{ sessionId: 'r1.2' }] });
    expect(queue.sessionsToClose).toMatchObject({ total: 1, items: [{ sessionId: 'r1.1' }] });
    expect(queue.deviationsToReview.total).toBe(2);
    expect(queue.credentialsOpen).toMatchObject({ total: 1, items: [{ method: 'temporary-password' }] });
    await session(at('10:05'), ...story.closing);
    const later = await workQueue(deps(at('10:10')));
    expect([later.sessionsToClose.total, later.deviationsToReview.total, later.credentialsOpen.total]).toEqual([
      0, 1, 0,
    ]);
  });

  it('lists appointments of a day in Europe/Paris', async () => {
    const { deps } = await setUp();
    expect((await listAppointments(deps(), { day: day('2026-06-02') })).items).toHaveLength(1);
    expect((await listAppointments(deps(), { day: day('2026-06-03') })).items).toEqual([]);
  });
});

describe('members', () => {
  it('come out erased once their identity is destroyed', async () => {
    const { vault, deps } = await setUp();
    expect((await getMember(deps(), 'm1'))?.identity.name).toEqual({ state: 'present', value: 'Ada Exemple' });
    await vault.destroy('m1/identity' as CellId, { destroyedAt: at('12:00'), proof: 'event-1' });
    expect((await getMember(deps(), 'm1'))?.identity.name).toMatchObject({ state: 'erased', proof: 'event-1' });
  });
});
