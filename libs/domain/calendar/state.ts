import type { LocalDate } from '#kernel/time.js';

/** Days on which the association is closed besides holidays, both ends included. */
export interface Closure {
  readonly closureId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly label: string;
  readonly withdrawn: boolean;
}

export interface CalendarState {
  readonly closures: readonly Closure[];
}

export const initialCalendar: CalendarState = { closures: [] };

export const isClosed = (state: CalendarState, date: LocalDate): boolean =>
  state.closures.some((closure) => !closure.withdrawn && closure.from <= date && date <= closure.to);
