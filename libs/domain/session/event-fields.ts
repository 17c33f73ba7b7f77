import { id, list, oneOf, optional, personal, text } from '#kernel/field.js';
import { lintWarnings } from './codes.js';

/** Every session event says which session of which member. */
export const who = { sessionId: id(), memberId: id() };

/** Free text: sealed in a cell of its own below the session's, so that it can be struck out alone (A1). */
export const free = (max: number, category: string) =>
  personal(text(max), { cell: 'session', category, strikeable: true });

/** Kinds of content that the lint warned about in the free text of this event; never the content. */
export const warned = { lintWarnings: optional(list(oneOf(...lintWarnings))) };
