/** STORAGE FORMAT: see events.ts. */
import { defineEvent } from '#kernel/define-event.js';
import { id, instant, oneOf } from '#kernel/field.js';
import { strikeOutDecisions } from '../shared/strike-out.js';
import { strikeOutReasons } from './codes.js';
import { who } from './event-fields.js';

export const StrikeOutRequested = defineEvent({
  type: 'StrikeOutRequested',
  version: 1,
  doc: 'Somebody reported that a text of the journal holds what may not be kept; nothing is destroyed before the decision.',
  rules: ['charter:3.3a', 'charter:3.3b'],
  data: {
    ...who,
    strikeOutId: id(),
    targetEventId: id(),
    field: id(),
    reason: oneOf(...strikeOutReasons),
    requestedAt: instant(),
  },
});

export const StrikeOutDecided = defineEvent({
  type: 'StrikeOutDecided',
  version: 1,
  doc: 'The Director decided on a text that was reported; granted, the cell of that one text is condemned.',
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

export const strikeOutEvents = [StrikeOutRequested, StrikeOutDecided] as const;
