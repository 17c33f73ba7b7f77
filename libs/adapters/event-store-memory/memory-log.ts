import type { StoredEvent } from '#ports/event-store/event-store.js';

/** What a file is to the embedded engine: several stores may be opened on one log, as several processes would. */
export interface MemoryLog {
  readonly events: StoredEvent[];
  readonly streams: Map<string, StoredEvent[]>;
  /** Called after each append. */
  readonly listeners: Set<() => void>;
}

export const memoryLog = (): MemoryLog => ({
  events: [],
  streams: new Map(),
  listeners: new Set(),
});

/** Bytes go in and come out as copies: what a caller does with its own array never reaches the log. */
export const copyOf = (event: StoredEvent): StoredEvent => ({
  ...event,
  data: Uint8Array.from(event.data),
  metadata: Uint8Array.from(event.metadata),
});
