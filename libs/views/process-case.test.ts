import type { Instant, LocalDate } from '#kernel/time.js';
import { atHour, end, type ProcessCaseDocument, schedule, without } from './process-case.js';

const at = (text: string) => text as Instant;

describe('an hour in Paris', () => {
  it.each([
    ['2026-03-28', '2026-03-28T08:00:00.000Z'],
    ['2026-03-29', '2026-03-29T07:00:00.000Z'],
    ['2026-06-02', '2026-06-02T07:00:00.000Z'],
    ['2026-10-24', '2026-10-24T07:00:00.000Z'],
    ['2026-10-25', '2026-10-25T08:00:00.000Z'],
    ['2026-12-31', '2026-12-31T08:00:00.000Z'],
  ])('nine o’clock on %s', (day, instant) => {
    expect(atHour(day as LocalDate, 9)).toBe(instant);
  });
});

describe('a case', () => {
  const two = [
    { step: 'second', dueAt: at('2026-06-10T07:00:00.000Z') },
    { step: 'first', dueAt: at('2026-06-03T07:00:00.000Z') },
  ];
  const opened = schedule('follow-up', 's1', { sessionId: 's1' }, two)(undefined) as ProcessCaseDocument;

  it('is due when its next step is', () => {
    expect(opened).toMatchObject({ state: 'waiting', dueAt: '2026-06-03T07:00:00.000Z' });
    expect(opened.pending.map(({ step }) => step)).toEqual(['first', 'second']);
  });

  it('ends when nothing is to come', () => {
    expect(end(opened)).toMatchObject({ state: 'ended', pending: [] });
    expect(end(opened)).not.toHaveProperty('dueAt');
    expect(without('first')(opened)).toMatchObject({ state: 'waiting', dueAt: '2026-06-10T07:00:00.000Z' });
  });

  it('asked for again does nothing again that was done', () => {
    const done = {
      step: 'first',
      result: 'reminder',
      to: [],
      at: at('2026-06-03T07:00:00.000Z'),
      late: false,
    } as const;
    const again = schedule('follow-up', 's1', {}, two)({ ...opened, done: [done] });
    expect(again?.pending.map(({ step }) => step)).toEqual(['second']);
  });
});
