/** STORAGE FORMAT: see events.ts. */
import { defineEvent } from '#kernel/define-event.js';
import { id, instant, oneOf } from '#kernel/field.js';
import { strikeOutDecisions } from '../shared/strike-out.js';
import { textReasons } from './codes.js';
import { who } from './event-fields.js';

export const RequestTextReported = defineEvent({
  type: 'RequestTextReported',
  version: 1,
  doc: 'Somebody reported that a text of the request holds what may not be kept; nothing is destroyed before the decision.',
  rules: ['charter:3.3a', 'charter:3.3b'],
  data: {
    ...who,
    strikeOutId: id(),
    targetEventId: id(),
    field: id(),
    reason: oneOf(...textReasons),
    requestedAt: instant(),
  },
});

export const RequestTextStrikeOutDecided = defineEvent({
  type: 'RequestTextStrikeOutDecided',
  version: 1,
  doc: 'The Director decided on a text of the request that was reported; granted, the cell of that one text is condemned.',
  rules: ['charter:3.3a', 'charter:3.3b'],
  data: {
    ...who,
    strikeOutId: id(),
    targetEventId: id(),
    field: id(),
    decision: oneOf(...strikeOutDecisions),
    decidedAt: instant(),
  },
});

export const requestStrikeOutEvents = [RequestTextReported, RequestTextStrikeOutDecided] as const;
