/** STORAGE FORMAT: see events.ts. */
import { defineEvent } from '#kernel/define-event.js';
import { instant, list, oneOf } from '#kernel/field.js';
import { answers, securityAdvices } from './codes.js';
import { free, warned, who } from './event-fields.js';

export const SecurityAdviceGiven = defineEvent({
  type: 'SecurityAdviceGiven',
  version: 1,
  subject: 'memberId',
  doc: 'After a stop for security, what the member was advised to do.',
  rules: ['charter:7.3b'],
  data: { ...who, at: instant(), advices: list(oneOf(...securityAdvices), 12) },
});

export const BreachTriageAnswered = defineEvent({
  type: 'BreachTriageAnswered',
  version: 1,
  subject: 'memberId',
  doc: 'After a stop for security, whether personal data may have been touched, and why one thinks so. Yes and unknown open an incident.',
  rules: ['charter:7.3b'],
  data: {
    ...who,
    at: instant(),
    answer: oneOf(...answers),
    /** From when on the association is taken to be aware of it: the 72 hours run from here (GDPR 33). */
    awareAt: instant(),
    reason: free(2000, 'why data may or may not have been touched'),
    ...warned,
  },
});

export const securityEvents = [SecurityAdviceGiven, BreachTriageAnswered] as const;
