/** STORAGE FORMAT: see events.ts. */
import { defineEvent } from '#kernel/define-event.js';
import { flag, id, instant, oneOf, optional } from '#kernel/field.js';
import { consentChannels, contestOutcomes, contestStages } from './codes.js';
import { free, warned, who } from './event-fields.js';

export const ConsentContested = defineEvent({
  type: 'ConsentContested',
  version: 1,
  subject: 'memberId',
  doc: 'The member said of a consent as it was recorded: « ce n’est pas exact ». No reason is asked; no session starts on it.',
  rules: ['charter:3.1a', 'charter:3.1b'],
  data: {
    ...who,
    at: instant(),
    channel: oneOf(...consentChannels),
    /** The ConsentGiven that it is about. */
    consentEventId: id(),
    /** The letter whose link was used. */
    letterId: optional(id()),
    /** Where the session stood when it was said. */
    stage: oneOf(...contestStages),
    remark: optional(free(2000, 'remark of the member on a consent as recorded')),
    ...warned,
  },
});

export const ContestSettled = defineEvent({
  type: 'ContestSettled',
  version: 1,
  subject: 'memberId',
  doc: 'Of a session that has begun: it was cleared up with the member whether the consent was recorded as it was given.',
  rules: ['charter:3.1a', 'charter:3.1b'],
  data: {
    ...who,
    at: instant(),
    consentEventId: id(),
    outcome: oneOf(...contestOutcomes),
    /** True when whoever settled it had collected the consent or run the session. */
    ownSession: flag(),
    note: free(2000, 'how a contested consent was cleared up'),
    ...warned,
  },
});

export const contestEvents = [ConsentContested, ContestSettled] as const;
