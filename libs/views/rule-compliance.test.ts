import { rules } from '#domain/charter/rules.js';
import { CellsDestroyed } from '#domain/custody/events.js';
import { CommandRefused } from '#domain/refusal/events.js';
import { sessionEvents } from '#domain/session/events.js';
import { DeviationFlagged, DeviationReviewed } from '#domain/session/events-deviation.js';
import * as story from '#domain/session/session-story.fixture.js';
import { event } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import type { Query, ViewStore } from '#ports/view-store/view-store.js';
import { declaredEvents } from '#testing/declared-events.js';
import { memoryVault, type Placed, project, storyteller } from '#testing/view-story.js';
import { servesRules } from './rule-application.js';
import { ruleApplicationsView } from './rule-applications.js';
import { ruleCompliance, ruleDetail } from './rule-compliance.js';

const DIRECTOR = { small: true, technicians: true };
const LEAD = { small: false, technicians: true };
const AUDITOR = { small: false, technicians: false };
const JUNE = '2026-06-02T09:00:00.000Z' as Instant;
const JULY = '2026-07-02T09:00:00.000Z' as Instant;
const ruleOf = (id: string) => rules.find((one) => one.id === id) ?? rules[0];

const flagged = (deviationId: string, rule = 'charter:3.1a') =>
  event(DeviationFlagged, {
    ...story.who,
    deviationId,
    code: 'no-consent',
    rule,
    serious: true,
    detail: 'recorded-without-consent',
    at: JUNE,
  });
const reviewed = (deviationId: string) =>
  event(DeviationReviewed, { ...story.who, deviationId, comment: 'Vu.', at: JUNE, ownSession: false });
const refused = event(CommandRefused, {
  rule: 'charter:3.1a',
  code: 'consent-missing',
  category: 'session',
  refusedAt: JULY,
});

/** Sessions of June, each with its own stream; the last one with deviations. */
async function told(
  count: number,
  ...more: readonly (readonly [stream: string, at: Instant, ...events: readonly unknown[]])[]
) {
  const tell = storyteller([...sessionEvents, CommandRefused, CellsDestroyed], memoryVault());
  const placed: Placed[] = [];
  for (let n = 1; n <= count; n += 1) placed.push(...(await tell(`session-r${n}.1`, JUNE, ...story.complete)));
  for (const [stream, at, ...events] of more) placed.push(...(await tell(stream, at, ...(events as never[]))));
  return { viewStore: await project(ruleApplicationsView, placed) };
}
const rowIn = async (deps: Awaited<ReturnType<typeof told>>, id: string, viewer = DIRECTOR) =>
  (await ruleCompliance(deps, {}, viewer)).items.find((one) => one.id === id);

describe('the charter, executed', () => {
  it('knows every event that serves a rule, and reads its streams', async () => {
    const serving = (await declaredEvents()).filter(({ definition }) => definition.rules.length > 0);
    expect(serving.length).toBeGreaterThan(80);
    expect(
      serving.filter(({ definition }) => !servesRules(definition.type)).map(({ definition }) => definition.type),
    ).toEqual([]);
    const counted = serving.filter(({ definition }) => definition.type !== 'ProcessStepDone');
    const categories = new Set(counted.map(({ aggregate }) => `${aggregate}-`));
    for (const category of categories) expect(ruleApplicationsView.streamPrefixes).toContain(category);
  });

  it('names every rule, and says which was never put to the test', async () => {
    const { items, neverExercised } = await ruleCompliance(await told(0), {}, DIRECTOR);
    expect(items.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    expect(items.every(({ exercised }) => !exercised)).toBe(true);
    expect(neverExercised).toBe(rules.length);
  });

  it('counts once for each session, whatever number of its events serve the rule [charter:3.1a]', async () => {
    const row = await rowIn(await told(5), 'charter:3.1a');
    expect(row).toMatchObject({ exercised: true, figures: { applied: 5, kept: 5, broken: 0, refused: 0, open: 0 } });
  });

  it('counts a deviation as broken under its own rule alone, open until it is commented [charter:3.1a]', async () => {
    const open = await told(5, ['session-r5.1', JUNE, flagged('d1'), flagged('d2')]);
    expect((await rowIn(open, 'charter:3.1a'))?.figures).toMatchObject({ applied: 5, kept: 4, broken: 1, open: 1 });
    expect((await rowIn(open, 'charter:8.1d'))?.figures).toMatchObject({ broken: 0 });
    const one = await told(5, ['session-r5.1', JUNE, flagged('d1'), flagged('d2'), reviewed('d1')]);
    expect((await rowIn(one, 'charter:3.1a'))?.figures.open).toBe(1);
    const both = await told(5, ['session-r5.1', JUNE, flagged('d1'), flagged('d2'), reviewed('d1'), reviewed('d2')]);
    expect((await rowIn(both, 'charter:3.1a'))?.figures).toMatchObject({ broken: 1, open: 0 });
  });

  it('counts what was refused in time, and goes by month [charter:3.1a]', async () => {
    const deps = await told(4, ['refusal-2026-07-02', JULY, refused, refused, refused]);
    const detail = await ruleDetail(deps, ruleOf('charter:3.1a') as never, {}, DIRECTOR, []);
    expect(detail.months.map(({ month, figures }) => [month, figures.kept, figures.refused])).toEqual([
      ['2026-06', 4, 0],
      ['2026-07', 0, 3],
    ]);
    const june = (await ruleCompliance(deps, { to: '2026-06' }, DIRECTOR)).items.find(
      (one) => one.id === 'charter:3.1a',
    );
    expect(june?.figures).toMatchObject({ applied: 4, refused: 0 });
  });

  it('ends a month at midnight in Paris, and takes any month that can be written', async () => {
    const inJuly = '2026-06-30T22:30:00.000Z' as Instant;
    const late = event(CommandRefused, { ...refused.data, refusedAt: inJuly });
    const deps = await told(3, ['refusal-2026-07-01', inJuly, late]);
    const counted = async (months: { readonly from?: string; readonly to?: string }) => {
      const { items } = await ruleCompliance(deps, months, DIRECTOR);
      const { kept, refused: stopped } = items.find((one) => one.id === 'charter:3.1a')?.figures ?? {};
      return [kept, stopped];
    };
    expect(await counted({ to: '2026-06' })).toEqual([3, 0]);
    expect(await counted({ from: '2026-07', to: '2026-12' })).toEqual([0, 1]);
    expect(await counted({ from: '0000-01', to: '9999-12' })).toEqual([3, 1]);
    const { months } = await ruleDetail(deps, ruleOf('charter:3.1a') as never, {}, DIRECTOR, []);
    expect(months.map(({ month, figures }) => [month, figures.kept, figures.refused])).toEqual([
      ['2026-06', 3, 0],
      ['2026-07', 0, 1],
    ]);
  });

  it('goes through all outcomes page by page, latest first, each application once', async () => {
    const deps = await told(
      5,
      ['session-r5.1', JUNE, flagged('d1')],
      ['refusal-2026-07-02', JULY, refused, refused, refused],
    );
    const ask = (more: object) => ruleDetail(deps, ruleOf('charter:3.1a') as never, more, DIRECTOR, []);
    const whole = await ask({});
    expect(whole.items.map(({ outcome }) => outcome)).toEqual([
      ...Array(3).fill('refused'),
      ...['broken', 'kept', 'kept', 'kept', 'kept'],
    ]);
    expect(whole.next).toBeUndefined();
    for (const limit of [1, 2, 3, 8]) {
      const seen: unknown[] = [];
      for (let cursor: string | undefined; seen.length <= 8; ) {
        const page = await ask({ limit, ...(cursor === undefined ? {} : { cursor }) });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items);
        cursor = page.next;
        if (cursor === undefined) break;
      }
      expect(seen).toEqual(whole.items);
    }
  });

  it('asks nothing that no index serves', async () => {
    const { viewStore } = await told(3, ['session-r3.1', JUNE, flagged('d1')]);
    const asked: (Pick<Query, 'where'> & Partial<Query>)[] = [];
    const watched: ViewStore = {
      ...viewStore,
      find: (view, query) => viewStore.find(view, asked[asked.push(query) - 1] as Query),
      count: (view, query) => viewStore.count(view, asked[asked.push(query) - 1] as Query),
    };
    const months = { from: '2026-01', to: '2026-12' };
    await ruleCompliance({ viewStore: watched }, months, DIRECTOR);
    for (const params of [{}, months, { ...months, outcome: 'kept' as const }])
      await ruleDetail({ viewStore: watched }, ruleOf('charter:3.1a') as never, params, DIRECTOR, ['t1']);
    expect(asked.length).toBeGreaterThan(100);
    const [{ indexes = [] } = {}] = ruleApplicationsView.schema.collections;
    const starts = indexes.map((index) => [index.slice(0, -1).toSorted().join(), index.at(-1)]);
    for (const { where = [], orderBy } of asked) {
      const same = where.flatMap(({ field, op }) => (op === 'eq' ? [field] : []));
      // open reviews are looked for among what is broken, which is little
      const ranges = where.flatMap(({ field, op }) => (op === 'eq' || field === 'openReviews' ? [] : [field]));
      expect(new Set([...ranges, orderBy?.field ?? 'firstAt'])).toEqual(new Set(['firstAt']));
      expect(starts).toContainEqual([same.toSorted().join(), 'firstAt']);
    }
  });

  it('opens each figure to the events behind it', async () => {
    const deps = await told(3, ['session-r3.1', JUNE, flagged('d1')]);
    const { items } = await ruleDetail(deps, ruleOf('charter:3.1a') as never, { outcome: 'broken' }, DIRECTOR, []);
    expect(items).toMatchObject([{ stream: 'session-r3.1', outcome: 'broken' }]);
    expect(items[0]?.events.map(({ type }) => type)).toContain('DeviationFlagged');
  });

  it('shows technicians to who may see them, and small counts to the Director alone', async () => {
    const deps = await told(5, ['session-r5.1', JUNE, flagged('d1')]);
    const ask = (viewer: typeof DIRECTOR) =>
      ruleDetail(deps, ruleOf('charter:3.1a') as never, {}, viewer, ['t1', 't2']);
    expect((await ask(DIRECTOR)).technicians).toMatchObject([{ staffId: 't1', figures: { applied: 5, broken: 1 } }]);
    expect((await ask(LEAD)).technicians).toMatchObject([
      { staffId: 't1', figures: { kept: 4, broken: null, applied: null } },
    ]);
    expect(await ask(AUDITOR)).not.toHaveProperty('technicians');
    expect((await rowIn(deps, 'charter:3.1a', AUDITOR))?.figures).toEqual({
      applied: null,
      kept: 4,
      refused: 0,
      broken: null,
      open: null,
    });
    const few = await ruleDetail(deps, ruleOf('charter:3.1a') as never, { outcome: 'broken' }, AUDITOR, []);
    expect(few).toMatchObject({ withheld: true, items: [] });
  });

  it('keeps its counts when a session is destroyed, without a way back to it', async () => {
    const cell = (n: number) => ({ cell: `m1/session:r${n}.1` });
    const gone = event(CellsDestroyed, {
      memberId: 'm1',
      destructionId: 'k',
      cells: [cell(4), cell(5)],
      destroyedAt: JULY,
    });
    const deps = await told(5, ['session-r5.1', JUNE, flagged('d1')], ['custody-m1', JULY, gone]);
    expect((await rowIn(deps, 'charter:3.1a'))?.figures).toMatchObject({ applied: 5, kept: 4, broken: 1, open: 0 });
    const { items } = await ruleDetail(deps, ruleOf('charter:3.1a') as never, { limit: 200 }, DIRECTOR, []);
    const lost = items.filter((one) => one.gone);
    expect(lost).toHaveLength(2);
    for (const one of lost) expect(one).toMatchObject({ events: [] });
    expect(JSON.stringify(lost)).not.toMatch(/r[45]\.1/);
  });
});
