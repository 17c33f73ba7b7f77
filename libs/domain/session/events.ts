/**
 * STORAGE FORMAT. Types, versions and field names of the session's events are written to disk for ever: a new shape is a
 * new version with an upcaster, never an edit. Declarations by family: consent, its contest, course of the session, what
 * follows a stop for security, journal, deviations, texts struck out, reports.
 */
import type { EventOf, SealedEventOf } from '#kernel/define-event.js';
import { consentEvents } from './events-consent.js';
import { contestEvents } from './events-contest.js';
import { courseEvents } from './events-course.js';
import { deviationEvents } from './events-deviation.js';
import { journalEvents } from './events-journal.js';
import { reportEvents } from './events-report.js';
import { securityEvents } from './events-security.js';
import { strikeOutEvents } from './events-strike-out.js';

export const sessionEvents = [
  ...consentEvents,
  ...contestEvents,
  ...courseEvents,
  ...securityEvents,
  ...journalEvents,
  ...deviationEvents,
  ...strikeOutEvents,
  ...reportEvents,
] as const;

export type SessionEvent = EventOf<(typeof sessionEvents)[number]>;
export type SealedSessionEvent = SealedEventOf<(typeof sessionEvents)[number]>;
