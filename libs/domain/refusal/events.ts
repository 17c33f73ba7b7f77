import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { id, instant, text } from '#kernel/field.js';

// Types and names here are the storage format.

export const CommandRefused = defineEvent({
  type: 'CommandRefused',
  version: 1,
  doc: 'A command that would have broken a rule was refused in time: which rule, never what was in the command, nor of whom.',
  rules: [],
  data: {
    /** Id of the charter’s rule: `charter:3.1a`. */
    rule: text(40),
    /** Code of the refusal. */
    code: id(),
    /** Category of the streams that the command was for. */
    category: id(),
    refusedAt: instant(),
  },
});

export const refusalEvents = [CommandRefused] as const;
export type RefusalEvent = EventOf<(typeof refusalEvents)[number]>;
export type SealedRefusalEvent = SealedEventOf<(typeof refusalEvents)[number]>;
