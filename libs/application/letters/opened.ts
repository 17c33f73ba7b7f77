import type { Opened } from '#kernel/sealed.js';

const STATES: ReadonlySet<unknown> = new Set(['present', 'erased', 'unreadable']);

/** Whether a field of a replayed event is the answer of an opening. */
export const isOpened = (value: unknown): value is Opened<unknown> =>
  typeof value === 'object' && value !== null && STATES.has((value as { readonly state?: unknown }).state);
