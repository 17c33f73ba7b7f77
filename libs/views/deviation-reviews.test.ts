import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { DeviationFlagged, DeviationReviewed } from '#domain/session/events-deviation.js';
import { event } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { memoryVault, project, storyteller } from '#testing/view-story.js';
import { closuresView } from './closures.js';
import { reviewViews } from './compliance-queries.js';
import { deviationsUnderReview, seriousDeviations } from './deviation-reviews.js';

/** Friday 5 June 2026: five working days later is Friday 12 June. */
const FLAGGED = '2026-06-05T14:00:00.000Z';
const who = { sessionId: 'r1.1', memberId: 'm1' };
const flagged = (deviationId: string, serious: boolean, reviewDays?: number) =>
  event(DeviationFlagged, {
    ...who,
    deviationId,
    code: 'no-consent',
    rule: 'charter:3.1a',
    serious,
    detail: 'entry-recorded-late',
    at: FLAGGED as Instant,
    ...(reviewDays === undefined ? {} : { reviewDays }),
  });
const reviewed = (deviationId: string, at: string) =>
  event(DeviationReviewed, { ...who, deviationId, comment: 'Vu.', at: at as Instant, ownSession: false });

async function told(now: string, ...events: readonly unknown[]) {
  const tell = storyteller([DeviationFlagged, DeviationReviewed], memoryVault());
  const placed = await tell('session-r1.1', FLAGGED, ...(events as never[]));
  let viewStore = await project(closuresView, placed);
  for (const view of reviewViews) viewStore = await project(view, placed, viewStore);
  return { viewStore, now: now as Instant, civilTime: frenchCivilTime() };
}

describe('the review of a deviation', () => {
  it.each([
    ['2026-06-12T21:59:59.999Z', false],
    ['2026-06-12T22:00:00.000Z', true],
  ])('is due by the end of the fifth working day: at %s late %s [charter:3.1a]', async (now, late) => {
    const { items } = await deviationsUnderReview(await told(now, flagged('d1', true)), {});
    expect(items).toMatchObject([{ dueOn: '2026-06-12', late }]);
  });

  it('keeps the days that the association gave when it was flagged, beside others that have five', async () => {
    const deps = await told(FLAGGED, flagged('d1', false, 10), flagged('d2', false), flagged('d3', false, 2));
    const { items } = await deviationsUnderReview(deps, { sort: 'flaggedAt' });
    expect(Object.fromEntries(items.map(({ deviationId, dueOn }) => [deviationId, dueOn]))).toEqual({
      d1: '2026-06-19',
      d2: '2026-06-12',
      d3: '2026-06-09',
    });
  });

  it.each([
    ['2026-06-12T21:00:00.000Z', false],
    ['2026-06-15T08:00:00.000Z', true],
  ])('that was made at %s stays %s as late, whenever one looks', async (at, late) => {
    const deps = await told('2027-01-01T00:00:00.000Z', flagged('d1', true), reviewed('d1', at));
    expect((await deviationsUnderReview(deps, {})).items).toMatchObject([{ review: 'reviewed', late }]);
    expect(await seriousDeviations(deps)).toEqual([]);
  });

  it('alerts the Director at once of a serious one, and of no other [charter:3.1a]', async () => {
    const deps = await told(FLAGGED, flagged('d1', false), flagged('d2', true));
    expect(await seriousDeviations(deps)).toMatchObject([{ deviationId: 'd2', late: false }]);
    expect(JSON.stringify(await seriousDeviations(deps))).not.toContain('$sealed');
  });
});
