import { calendar } from '#domain/calendar/calendar.js';
import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { CalendarCommand } from '#domain/calendar/commands.js';
import type { CalendarFacts } from '#domain/calendar/decide.js';
import type { CalendarState } from '#domain/calendar/state.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

export const calendarBinding = (time: CivilTime) => ({
  aggregate: calendar,
  facts: async (input: FactsInput<CalendarCommand, CalendarState>): Promise<CalendarFacts> => ({
    time,
    ...baseFacts(input),
  }),
});
