/** STORAGE FORMAT: see events.ts. */
import { defineEvent } from '#kernel/define-event.js';
import { flag, id, instant, integer, localDate, oneOf, optional, sha256 } from '#kernel/field.js';
import { reportChannels } from './codes.js';
import { who } from './event-fields.js';

export const ReportRequested = defineEvent({
  type: 'ReportRequested',
  version: 1,
  subject: 'memberId',
  doc: 'The member asked for the written summary; it is due by the end of that day (our own target, A10).',
  rules: ['charter:8.2'],
  data: { ...who, at: instant(), channel: oneOf(...reportChannels), dueOn: localDate() },
});

export const ReportIssued = defineEvent({
  type: 'ReportIssued',
  version: 1,
  subject: 'memberId',
  doc: 'A version of the summary was given out. It is made again from the journal as it stood, and its digest proves it.',
  rules: ['charter:8.2'],
  data: {
    ...who,
    reportId: id(),
    /** 1, then one more after each correction. */
    reportVersion: integer(1),
    /** Revision of the session’s stream that it was made from. */
    asOfRevision: integer(),
    /** Revision of the member’s stream: name and number as they stood. */
    memberRevision: integer(),
    /** Of the page as it was given out, in UTF-8. */
    htmlSha256: sha256(),
    channel: oneOf(...reportChannels),
    issuedAt: instant(),
    /** When the member had asked; absent when it was offered. */
    requestedAt: optional(instant()),
    late: flag(),
  },
});

export const reportEvents = [ReportRequested, ReportIssued] as const;
