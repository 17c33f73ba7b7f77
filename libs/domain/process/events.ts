import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { flag, id, instant, integer, list, oneOf } from '#kernel/field.js';
import { roles } from '../shared/facts.js';
import { processNames, skipReasons, stepResults } from './codes.js';

// Types and names here are the storage format.

const which = { process: oneOf(...processNames), caseId: id() };

export const ProcessStepDone = defineEvent({
  type: 'ProcessStepDone',
  version: 1,
  doc: 'A process did what the clock asked for in one case: a letter, a command, or a reminder to the people named by role.',
  rules: ['charter:9.2', 'charter:X.7-9', 'charter:4.4c'],
  data: {
    ...which,
    /** `remind`; with what sets it apart from the one before where it comes again: `review.2026-12-01`. */
    step: id(),
    result: oneOf(...stepResults),
    /** Whom a reminder is for. */
    to: list(oneOf(...roles), 7),
    dueAt: instant(),
    at: instant(),
    /** More than an hour after it was due: the service stood still, or the case was parked. */
    late: flag(),
  },
});

export const ProcessStepParked = defineEvent({
  type: 'ProcessStepParked',
  version: 1,
  doc: 'A step failed again and again: its case waits for a person, the others go on.',
  rules: [],
  data: { ...which, step: id(), at: instant(), code: id(), attempts: integer(1) },
});

export const ProcessStepRetried = defineEvent({
  type: 'ProcessStepRetried',
  version: 1,
  doc: 'A person has a parked step tried again.',
  rules: [],
  data: { ...which, step: id(), at: instant() },
});

export const ProcessStepSkipped = defineEvent({
  type: 'ProcessStepSkipped',
  version: 1,
  doc: 'A person decided that a step is not done.',
  rules: [],
  data: { ...which, step: id(), at: instant(), reason: oneOf(...skipReasons) },
});

export const processEvents = [ProcessStepDone, ProcessStepParked, ProcessStepRetried, ProcessStepSkipped] as const;
export type ProcessEvent = EventOf<(typeof processEvents)[number]>;
export type SealedProcessEvent = SealedEventOf<(typeof processEvents)[number]>;
