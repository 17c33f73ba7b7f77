import { flag, id, list, localDate, oneOf, optional, personal, shape, text } from '#kernel/field.js';
import { complaintClocks } from './codes.js';

/** Which complaint of which member: in every event. */
export const who = { complaintId: id(), memberId: id() };

/** Free text: sealed in a cell of its own below the complaint's, so that it can be struck out alone (A1). */
export const free = (max: number, category: string) =>
  personal(text(max), { cell: 'complaint', category, strikeable: true });

export const decidedAs = oneOf('director', 'president');

export const clocks = list(
  shape({
    clock: oneOf(...complaintClocks),
    /** The session that starts it; without one, the receipt does, or the day on which the member learned of the facts. */
    sessionId: optional(id()),
    lastDay: localDate(),
    /** French: how the last day was found, step by step. */
    derivation: text(2000),
    /** Of the two windows for complaining: was the complaint received within it? A flag, never a bar. */
    inTime: optional(flag()),
  }),
  60,
);
