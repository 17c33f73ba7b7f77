import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { id, instant, integer, localDate } from '#kernel/field.js';

// Types and names here are the storage format.

export const RetentionRunCompleted = defineEvent({
  type: 'RetentionRunCompleted',
  version: 1,
  doc: 'The nightly run destroyed what had reached the end of its period; how much, and what stayed, in numbers only.',
  rules: ['charter:4.4c', 'charter:8.1f'],
  data: {
    runId: id(),
    /** The day in Paris that the run was for: due is what could last be read on an earlier day. */
    day: localDate(),
    startedAt: instant(),
    completedAt: instant(),
    /** Sessions and requests at the end of their period, by their cells; due = destroyed + held + failed. */
    due: integer(),
    destroyed: integer(),
    /** Kept because a dispute needs them. */
    held: integer(),
    /** Condemned and not yet destroyed, or not condemned: taken up again by the next run. */
    failed: integer(),
    members: integer(),
    /** Consultations before this moment are no longer shown to anybody. */
    accessLogFrom: instant(),
  },
});

export const retentionEvents = [RetentionRunCompleted] as const;
export type RetentionEvent = EventOf<(typeof retentionEvents)[number]>;
export type SealedRetentionEvent = SealedEventOf<(typeof retentionEvents)[number]>;
