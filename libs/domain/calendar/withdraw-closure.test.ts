import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { event } from '#kernel/define-event.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { calendar } from './calendar.js';
import type { WithdrawClosure } from './commands.js';
import { ClosureDeclared, ClosureWithdrawn } from './events.js';
import { closureRetroactive, closureUnknown } from './refusals.js';

const summer = event(ClosureDeclared, {
  closureId: 'c1',
  from: '2026-08-03' as LocalDate,
  to: '2026-08-21' as LocalDate,
  label: 'Congés d’été',
});
const withdrawn = event(ClosureWithdrawn, { closureId: 'c1' });
const command: WithdrawClosure = { type: 'WithdrawClosure', closureId: 'c1' };
const on = (now: string) => ({
  now: now as Instant,
  actor: { staffId: 's1', roles: ['Director' as const] },
  time: frenchCivilTime(),
});

describe('withdrawing a closure', () => {
  it('opens the days again [charter:7.2b]', () => {
    given(calendar, summer).when(command, on('2026-06-02T07:30:00.000Z')).then([withdrawn]);
  });

  it('leaves days of the past as they were [charter:7.2b]', () => {
    given(calendar, summer).when(command, on('2026-08-24T07:30:00.000Z')).then(closureRetroactive);
  });

  it('is satisfied when it was withdrawn already', () => {
    given(calendar, summer, withdrawn).when(command, on('2026-06-02T07:30:00.000Z')).then([]);
  });

  it('refuses a closure that nobody declared', () => {
    given(calendar).when(command, on('2026-06-02T07:30:00.000Z')).then(closureUnknown);
  });
});
