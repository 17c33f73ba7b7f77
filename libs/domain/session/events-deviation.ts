/** STORAGE FORMAT: see events.ts. */
import { defineEvent } from '#kernel/define-event.js';
import { flag, id, instant, integer, oneOf, optional, text } from '#kernel/field.js';
import { deviationCodes } from '../shared/deviation.js';
import { deviationDetails } from './codes.js';
import { free, warned, who } from './event-fields.js';

const deviation = {
  ...who,
  /** `<sessionId>-d<n>`, n from 1. */
  deviationId: id(),
  code: oneOf(...deviationCodes),
  /** Id of the charter's rule: `charter:3.1a`. */
  rule: text(40),
  /** A serious one alerts the Director. */
  serious: flag(),
  detail: oneOf(...deviationDetails),
  /** The action, credential or other session that it is about. */
  aboutId: optional(id()),
  /** When the breach took place. */
  at: instant(),
  /** Working days for the lead’s comment, where the association had set another number than five when it was flagged. */
  reviewDays: optional(integer(1, 60)),
};

export const DeviationFlagged = defineEvent({
  type: 'DeviationFlagged',
  version: 1,
  subject: 'memberId',
  doc: 'A fact of the session breaks a rule of the charter: recorded, shown, never blocking.',
  rules: [
    'charter:2.3a',
    'charter:3.1a',
    'charter:3.2a',
    'charter:4.4b',
    'charter:5.1b',
    'charter:7.1c',
    'charter:7.2b',
    'charter:8.1a',
    'charter:10.2',
  ],
  data: deviation,
});

export const OverrunFlagged = defineEvent({
  type: 'OverrunFlagged',
  version: 1,
  subject: 'memberId',
  doc: 'The session lasted longer than the charter and its extensions allow. A deviation of code overrun.',
  rules: ['charter:7.2a'],
  data: {
    ...deviation,
    activeMinutes: integer(),
    allowedMinutes: integer(),
    /** Beyond the allowed time, rounded up. */
    overrunSeconds: integer(1),
  },
});

export const DeviationReviewed = defineEvent({
  type: 'DeviationReviewed',
  version: 1,
  subject: 'memberId',
  doc: 'The support lead or the Director commented on a deviation.',
  rules: [],
  data: {
    ...who,
    deviationId: id(),
    comment: free(4000, 'comment on a deviation'),
    at: instant(),
    /** True when the reviewer is the technician of the session. */
    ownSession: flag(),
    ...warned,
  },
});

export const deviationEvents = [DeviationFlagged, OverrunFlagged, DeviationReviewed] as const;
