import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Document, ViewSchema } from '#ports/view-store/view-store.js';

/** A document of a view, by collection and id. */
export interface DocumentKey {
  readonly collection: string;
  readonly id: string;
}

/** One document change that an event asks for. */
export interface Change extends DocumentKey {
  /**
   * The document after the event, from the document before it (undefined: none yet). Null deletes; the same object
   * leaves it alone. Pure: no clock, no key, no other document.
   */
  readonly next: (before: Document | undefined) => Document | null | undefined;
}

/**
 * A view: a pure function from events to document changes. It sees personal values sealed and carries them on unopened,
 * so it never needs a key and a rebuild after an erasure needs nothing special.
 */
export interface ViewDefinition {
  readonly schema: ViewSchema;
  /** Streams it reads, by name prefix (`session-`). */
  readonly streamPrefixes: readonly string[];
  /** What one event changes; nothing for an event that does not concern the view. */
  readonly changes: (event: AnySealedEvent) => readonly Change[];
}

/** Up to which event an answer is true. */
export interface AsOf {
  /** Position of the last event applied; undefined when there is none yet. */
  readonly position: string | undefined;
}
