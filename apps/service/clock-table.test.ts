import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { BACKUP_DAYS } from '#application/backup/backup-record.js';
import { stepOf } from '#application/processes/steps.js';
import { fallbackParameters } from '#domain/charter/parameters.js';
import { complaintClocks } from '#domain/complaint/codes.js';
import type { ClockCode, Length } from '#domain/deadlines/clock-rule.js';
import { clockCodes, clockRule } from '#domain/deadlines/clocks.js';
import { deadline, derivationLine } from '#domain/deadlines/deadline.js';
import type { ProcessName } from '#domain/process/codes.js';
import { retentionRules } from '#domain/retention/rules.js';
import type { Instant } from '#kernel/time.js';
import { ACCESS_LOG_MONTHS } from '#views/accesses.js';
import { timerOf } from '#views/board.js';

const days = (count: number): Length => ({ unit: 'days', count });
const months = (count: number): Length => ({ unit: 'months', count });

/** The clocks of the charter, the law and the association: how long, whether it shifts, and which step comes of it. */
type Row = readonly [ClockCode, Length, shifts: boolean, ...(readonly [ProcessName, string])[]];
const TABLE: readonly Row[] = [
  ['consent-validity', days(0), false, ['consent-lapse', 'lapse']],
  ['session', { unit: 'minutes', count: 60 }, false, ['session-running', 'ask']],
  ['prompt-complaint', days(8), true],
  ['formal-complaint', months(12), false],
  [
    'complaint-acknowledgement',
    { unit: 'working-days', count: 5 },
    true,
    ['complaint-acknowledgement', 'remind'],
    ['complaint-acknowledgement', 'escalate'],
  ],
  ['complaint-proposal', days(30), true, ['complaint-proposal', 'remind'], ['complaint-proposal', 'escalate']],
  ['mediator-wait', months(2), false, ['mediation', 'open']],
  ['mediator-referral', months(12), false, ['mediation', 'closing']],
  ['mediator-admissibility', days(21), false, ['mediation', 'admissibility.x1']],
  ['mediator-outcome', days(90), false, ['mediation', 'outcome.x1']],
  ['rights-answer', months(1), true, ['rights-request', 'remind'], ['rights-request', 'escalate']],
  ['rights-answer-extended', months(3), true, ['rights-request', 'remind.extended']],
  [
    'breach-notification',
    { unit: 'hours', count: 72 },
    false,
    ['breach-notification', 'first-day'],
    ['breach-notification', 'second-day'],
    ['breach-notification', 'last-hours'],
    ['breach-notification', 'escalate'],
  ],
  ['journal-retention', months(12), false],
  ['access-log', months(12), false],
  ['backup-rotation', days(31), false],
  ['hold-review', months(6), true, ['hold-review', 'review']],
  [
    'deviation-review',
    { unit: 'working-days', count: 5 },
    true,
    ['deviation-review', 'alert'],
    ['deviation-review', 'overdue'],
  ],
  ['credential-change', days(3), false, ['credential', 'remind']],
  ['breach-triage', { unit: 'hours', count: 24 }, false, ['breach-triage', 'ask'], ['breach-triage', 'escalate']],
  ['undertaking-renewal', months(12), false, ['undertaking', 'renew.2026-06-02']],
  ['follow-up', days(1), false, ['follow-up', 'ask'], ['follow-up', 'unanswered']],
];

describe('the clocks', () => {
  it('are these and no other, with their lengths and their shifts', () => {
    expect([...clockCodes].sort()).toEqual(TABLE.map(([code]) => code).sort());
    for (const [code, length, shifts] of TABLE)
      expect([code, clockRule(code, fallbackParameters)]).toEqual([code, expect.objectContaining({ length, shifts })]);
  });

  it.each(TABLE.map(([code]) => code))('« %s » explains itself', (code) => {
    const calendar = { civilTime: frenchCivilTime(), isClosed: () => false };
    const found = deadline(clockRule(code, fallbackParameters), '2026-06-05T16:00:00.000Z' as Instant, calendar);
    expect(derivationLine(found).length).toBeGreaterThan(20);
    expect(derivationLine(found)).not.toMatch(/undefined|NaN/);
  });

  it.each(TABLE.flatMap(([code, , , ...watch]) => watch.map((one) => [code, ...one] as const)))(
    '« %s » is watched by the process %s, step %s',
    (_code, process, step) => {
      expect(stepOf(process, step)).toBeDefined();
    },
  );

  it('without a step of their own are kept by the case, the nightly run or the screen', () => {
    const watched = TABLE.filter((row) => row.length > 3).map(([code]) => code);
    const others = TABLE.map(([code]) => code).filter((code) => !watched.includes(code));
    const ofMembers = others.filter((code) => (complaintClocks as readonly string[]).includes(code));
    expect(ofMembers).toEqual(['prompt-complaint', 'formal-complaint']);
    expect(others.filter((code) => !ofMembers.includes(code))).toEqual([
      'journal-retention',
      'access-log',
      'backup-rotation',
    ]);
    expect(retentionRules.session.months).toBe('journal');
    expect(ACCESS_LOG_MONTHS).toBe(12);
    expect(BACKUP_DAYS).toBe(31);
  });

  it('of a session warn at 45 and 55 of 60 minutes [charter:7.2a]', () => {
    const from = '2026-06-02T08:00:00.000Z' as Instant;
    const warningAt = (minute: number) =>
      timerOf([{ from }], 60, new Date(Date.parse(from) + minute * 60_000).toISOString() as Instant).warning;
    expect([44, 45, 54, 55, 59, 60].map(warningAt)).toEqual([
      'none',
      'approaching',
      'approaching',
      'last-minutes',
      'last-minutes',
      'over',
    ]);
  });
});
