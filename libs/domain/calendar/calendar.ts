import type { Decider } from '#kernel/decider.js';
import type { CalendarCommand } from './commands.js';
import { type CalendarFacts, decide } from './decide.js';
import { type CalendarEvent, calendarEvents, type SealedCalendarEvent } from './events.js';
import { evolve } from './evolve.js';
import { type CalendarState, initialCalendar } from './state.js';

const decider: Decider<CalendarCommand, CalendarEvent, SealedCalendarEvent, CalendarState, CalendarFacts> = {
  initial: initialCalendar,
  decide,
  evolve,
};

/** One stream: `calendar-association`. */
export const calendar = { category: 'calendar', decider, events: calendarEvents };
