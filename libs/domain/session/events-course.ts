/** STORAGE FORMAT: see events.ts. */
import { defineEvent } from '#kernel/define-event.js';
import { flag, id, instant, integer, list, oneOf, optional, shape, text } from '#kernel/field.js';
import {
  afterwardsReasons,
  answers,
  consentModes,
  endCauses,
  interruptionReasons,
  outcomes,
  pauseCauses,
} from './codes.js';
import { free, warned, who } from './event-fields.js';

const segments = list(shape({ from: instant(), to: instant() }));

export const SessionStarted = defineEvent({
  type: 'SessionStarted',
  version: 1,
  subject: 'memberId',
  doc: 'The technician took control, every condition of the charter being met.',
  rules: [
    'charter:3.1a',
    'charter:4.4a',
    'charter:4.4b',
    'charter:5.2',
    'charter:7.1c',
    'charter:7.2a',
    'charter:7.2b',
    'charter:P.2',
  ],
  data: {
    ...who,
    requestId: optional(id()),
    technicianId: id(),
    startedAt: instant(),
    toolName: text(60),
    toolSessionRef: optional(id()),
    /** True when the tool is not the one that the charter names. */
    otherTool: flag(),
    linkEncrypted: flag(),
    memberPresent: flag(),
    /** Answers of the pre-checks: stable Internet, tool installed and working. */
    connectivityCheck: flag(),
    toolReady: flag(),
    slotStart: instant(),
    slotEnd: instant(),
    exceptional: flag(),
    /** The version that the member consented to: the session is judged by it for ever. */
    charterVersionId: id(),
    /** Longest active time by that version. */
    allowedMinutes: integer(1),
    problem: free(4000, 'reported problem'),
    ...warned,
  },
});

export const PresenceAttested = defineEvent({
  type: 'PresenceAttested',
  version: 1,
  subject: 'memberId',
  doc: 'The technician attests that the member is present to validate the actions.',
  rules: ['charter:7.1c', 'charter:X.4-6'],
  data: { ...who, at: instant() },
});

export const PresenceLost = defineEvent({
  type: 'PresenceLost',
  version: 1,
  subject: 'memberId',
  doc: 'The member is no longer present; the session is paused in the same append.',
  rules: ['charter:7.1c'],
  data: { ...who, at: instant() },
});

export const SessionPaused = defineEvent({
  type: 'SessionPaused',
  version: 1,
  subject: 'memberId',
  doc: 'Control was put down: the time until it is resumed does not count.',
  rules: ['charter:7.1c', 'charter:7.2a', 'charter:8.1a'],
  data: { ...who, at: instant(), cause: oneOf(...pauseCauses) },
});

export const SessionResumed = defineEvent({
  type: 'SessionResumed',
  version: 1,
  subject: 'memberId',
  doc: 'Control was taken up again, the member being present.',
  rules: ['charter:7.1c', 'charter:8.1a'],
  data: { ...who, at: instant() },
});

export const ExtensionAgreed = defineEvent({
  type: 'ExtensionAgreed',
  version: 1,
  subject: 'memberId',
  doc: 'Before the time was up, more time was agreed with the member.',
  rules: ['charter:7.2a', 'charter:7.2c'],
  data: { ...who, extensionId: id(), at: instant(), minutes: integer(1, 240), memberAccepted: flag() },
});

export const SessionInterrupted = defineEvent({
  type: 'SessionInterrupted',
  version: 1,
  subject: 'memberId',
  doc: 'The session was stopped early, for a reason of article 7.3 or one beyond the charter; SessionEnded follows.',
  rules: ['charter:7.3a', 'charter:7.3b', 'charter:7.3c', 'charter:7.3d', 'charter:7.3+'],
  data: {
    ...who,
    at: instant(),
    reason: oneOf(...interruptionReasons),
    /** « Hors charte »: the charter does not name this reason. */
    beyondCharter: flag(),
    note: optional(free(2000, 'facts of an interruption')),
    ...warned,
  },
});

export const SessionEnded = defineEvent({
  type: 'SessionEnded',
  version: 1,
  subject: 'memberId',
  doc: 'Control was given back for good; consent lapses.',
  rules: ['charter:8.1a', 'charter:3.1a'],
  data: { ...who, at: instant(), cause: oneOf(...endCauses) },
});

export const SessionClosed = defineEvent({
  type: 'SessionClosed',
  version: 1,
  subject: 'memberId',
  doc: 'The journal of the session is complete as article 8.1 asks.',
  rules: ['charter:8.1a', 'charter:8.1b', 'charter:8.1c', 'charter:8.1d', 'charter:8.1e', 'charter:2.1'],
  data: {
    ...who,
    startedAt: instant(),
    endedAt: instant(),
    segments,
    /** Sum of the segments in whole minutes, seconds cut off. */
    activeMinutes: integer(),
    outcome: oneOf(...outcomes),
    closedAt: instant(),
  },
});

export const SessionRecordedAfterwards = defineEvent({
  type: 'SessionRecordedAfterwards',
  version: 1,
  subject: 'memberId',
  doc: 'A session that took place without the software, or against the rules, with its own times; its deviations follow.',
  rules: ['charter:3.1a', 'charter:8.1a', 'charter:8.1b'],
  data: {
    ...who,
    requestId: optional(id()),
    technicianId: id(),
    startedAt: instant(),
    endedAt: instant(),
    segments,
    activeMinutes: integer(),
    /** Longest active time by the version it is judged by. */
    allowedMinutes: integer(1),
    problem: free(4000, 'reported problem'),
    reason: oneOf(...afterwardsReasons),
    consent: oneOf('none', 'before-start', 'after-start'),
    consentMode: optional(oneOf(...consentModes)),
    consentGivenAt: optional(instant()),
    /** The version it is judged by: the one consented to, else the one in force on the day; absent when there was none. */
    charterVersionId: optional(id()),
    memberPresent: oneOf(...answers),
    linkEncrypted: oneOf(...answers),
    toolName: optional(text(60)),
    toolSessionRef: optional(id()),
    otherTool: flag(),
    ...warned,
  },
});

export const courseEvents = [
  SessionStarted,
  PresenceAttested,
  PresenceLost,
  SessionPaused,
  SessionResumed,
  ExtensionAgreed,
  SessionInterrupted,
  SessionEnded,
  SessionClosed,
  SessionRecordedAfterwards,
] as const;
