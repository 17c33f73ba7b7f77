import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { id, localDate, text } from '#kernel/field.js';

// Types and names here are the storage format.

export const ClosureDeclared = defineEvent({
  type: 'ClosureDeclared',
  version: 1,
  doc: 'The association closes from one day to another, both included.',
  rules: ['charter:7.2b'],
  data: { closureId: id(), from: localDate(), to: localDate(), label: text(120) },
});

export const ClosureWithdrawn = defineEvent({
  type: 'ClosureWithdrawn',
  version: 1,
  doc: 'A declared closure does not take place.',
  rules: ['charter:7.2b'],
  data: { closureId: id() },
});

export const calendarEvents = [ClosureDeclared, ClosureWithdrawn];
export type CalendarEvent = EventOf<typeof ClosureDeclared> | EventOf<typeof ClosureWithdrawn>;
export type SealedCalendarEvent = SealedEventOf<typeof ClosureDeclared> | SealedEventOf<typeof ClosureWithdrawn>;
