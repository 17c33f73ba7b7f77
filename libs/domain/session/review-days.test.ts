import { event } from '#kernel/define-event.js';
import { toInstant } from '#kernel/time.js';
import { DeviationFlagged, DeviationReviewed } from './events-deviation.js';
import { withReviewDays } from './review-days.js';

const at = toInstant('2026-06-02T10:00:00+02:00') as NonNullable<ReturnType<typeof toInstant>>;
const who = { sessionId: 'r1.1', memberId: 'm1', deviationId: 'r1.1-d1' };
const flagged = event(DeviationFlagged, {
  ...who,
  code: 'late-recording',
  rule: 'charter:8.1a',
  serious: false,
  detail: 'entry-recorded-late',
  at,
});

describe('the days for a comment on a deviation', () => {
  it('go with it when the association has set others than five; five are not written down', () => {
    const reviewed = event(DeviationReviewed, { ...who, comment: 'Vu.', at, ownSession: false });
    expect(withReviewDays([flagged, reviewed], 10)).toEqual([
      { ...flagged, data: { ...flagged.data, reviewDays: 10 } },
      reviewed,
    ]);
    for (const usual of [5, undefined]) expect(withReviewDays([flagged], usual)).toEqual([flagged]);
  });
});
