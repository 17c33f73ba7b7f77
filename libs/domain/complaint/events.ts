import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { flag, id, instant, integer, list, localDate, oneOf, optional, shape } from '#kernel/field.js';
import { representativeCapacities } from '../member/events.js';
import { complaintChannels, complaintOutcomes } from './codes.js';
import { clocks, decidedAs, free, who } from './event-fields.js';
import { courseEvents } from './events-course.js';
import { referralEvents } from './events-referral.js';

// Types and names here are the storage format.

export const ComplaintFiled = defineEvent({
  type: 'ComplaintFiled',
  version: 1,
  subject: 'memberId',
  doc: 'A member complains. Taken at any time: the windows of the charter are computed and shown, never a bar.',
  rules: ['charter:9.1', 'charter:9.3', 'charter:8.1f'],
  data: {
    ...who,
    channel: oneOf(...complaintChannels),
    /** When it reached the association, whoever typed it in later. */
    receivedAt: instant(),
    /** Recorded more than a day after its receipt (A16). */
    recordedLate: flag(),
    /** Day on which the member learned of what is complained of. */
    learnedOn: localDate(),
    facts: free(8000, 'faits d’une réclamation'),
    consequences: free(8000, 'conséquences d’une réclamation'),
    /** Name and contact given anew by somebody whose identity was erased. */
    complainant: optional(free(600, 'identité donnée à nouveau')),
    representativeId: optional(id()),
    capacity: optional(oneOf(...representativeCapacities)),
    /** A member under age complains without a guardian: taken all the same, and flagged (A15). */
    minorAlone: flag(),
    /** The sessions concerned, as they stood: who ran them, and when they ended. */
    sessions: list(
      shape({
        sessionId: id(),
        requestId: optional(id()),
        technicianId: optional(id()),
        endedAt: optional(instant()),
      }),
      20,
    ),
    /** Staff complained of, and those who ran the sessions: none of them inquires or decides. */
    concerned: list(id(), 40),
    /** The President decides in the Director's place (A12). */
    concernsDirector: flag(),
    /** True: consumer mediation applies, and its clocks wait for a complaint in writing. */
    toBeWritten: optional(flag()),
    clocks,
  },
});

export const ComplaintWithdrawn = defineEvent({
  type: 'ComplaintWithdrawn',
  version: 1,
  doc: 'The member no longer complains. What was held stays held until somebody releases it.',
  rules: ['charter:9.2'],
  data: { ...who, withdrawnAt: instant(), channel: oneOf(...complaintChannels) },
});

export const ComplaintClosed = defineEvent({
  type: 'ComplaintClosed',
  version: 1,
  subject: 'memberId',
  doc: 'The final answer left, with the mediator’s contact in it. Holds are not released by it: their release is proposed.',
  rules: ['charter:9.2', 'charter:6.3'],
  data: {
    ...who,
    outcome: oneOf(...complaintOutcomes),
    finalAnswer: free(8000, 'réponse finale à une réclamation'),
    /** Always true: an answer without it is refused. */
    mediatorContactGiven: flag(),
    channel: oneOf(...complaintChannels),
    closedAt: instant(),
    decidedAs,
  },
});

export const ComplaintReopened = defineEvent({
  type: 'ComplaintReopened',
  version: 1,
  subject: 'memberId',
  doc: 'A new fact opens the case again: its sessions are held anew and its clocks start again.',
  rules: ['charter:9.2', 'charter:8.1f'],
  data: {
    ...who,
    /** 2 for the first reopening: the hold of this opening is `<complaintId>.h<opening>`. */
    opening: integer(2),
    newFact: free(8000, 'fait nouveau d’une réclamation'),
    reopenedAt: instant(),
    decidedAs,
    clocks,
  },
});

export const complaintEvents = [
  ComplaintFiled,
  ...courseEvents,
  ...referralEvents,
  ComplaintWithdrawn,
  ComplaintClosed,
  ComplaintReopened,
] as const;
export type ComplaintEvent = EventOf<(typeof complaintEvents)[number]>;
export type SealedComplaintEvent = SealedEventOf<(typeof complaintEvents)[number]>;
