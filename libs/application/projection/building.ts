import type { Position } from '#ports/event-store/event-store.js';
import type { ViewSchema } from '#ports/view-store/view-store.js';
import type { ViewDefinition } from '#views/view.js';
import { type DocumentCache, documentCache } from './document-cache.js';
import type { ParkedStream } from './reports.js';
import type { StoredIds } from './stored-ids.js';

/** One view that is being rebuilt. */
export interface Building {
  readonly view: ViewDefinition;
  /** The live view, with the runner's collection. */
  readonly live: ViewSchema;
  /** Where the rebuilt documents are. */
  readonly beside: ViewSchema;
  readonly parked: Map<string, ParkedStream>;
  readonly cache: DocumentCache;
  /** How many events were given to it. */
  events: number;
  reached: Position | undefined;
  /** One of its events asks for a document that the store does not take: it is built again, step by step. */
  careful: 'no' | 'needed' | 'begun';
}

export const buildingOf = (view: ViewDefinition, live: ViewSchema, beside: ViewSchema, left: StoredIds): Building => ({
  view,
  live,
  beside,
  parked: new Map(),
  cache: documentCache(left, live.name),
  events: 0,
  reached: undefined,
  careful: 'no',
});
