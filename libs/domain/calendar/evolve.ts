import { never } from '#kernel/decider.js';
import type { SealedCalendarEvent } from './events.js';
import type { CalendarState } from './state.js';

export function evolve(state: CalendarState, event: SealedCalendarEvent): CalendarState {
  switch (event.type) {
    case 'ClosureDeclared':
      return { closures: [...state.closures, { ...event.data, withdrawn: false }] };
    case 'ClosureWithdrawn':
      return {
        closures: state.closures.map((closure) =>
          closure.closureId === event.data.closureId ? { ...closure, withdrawn: true } : closure,
        ),
      };
    default:
      return never(event);
  }
}
