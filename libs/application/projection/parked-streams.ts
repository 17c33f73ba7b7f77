import type { Position } from '#ports/event-store/event-store.js';
import type { Document, DocumentWrite, ViewSchema, ViewStore } from '#ports/view-store/view-store.js';
import type { ParkedStream } from './reports.js';

/**
 * Streams that a view leaves out because one of their events could not be projected. They are documents of a collection
 * that the runner adds to the view's own: a stream is parked in the same step as the events around it, and a rebuild
 * replaces the parked streams with the documents.
 */
const COLLECTION = 'parked_streams';

/** The view's schema with the runner's collection in it. */
export const withParkedStreams = (schema: ViewSchema): ViewSchema => ({
  ...schema,
  collections: [...schema.collections, { name: COLLECTION, fields: {}, indexes: [] }],
});

export const parkedWrite = (parked: ParkedStream): DocumentWrite => ({
  collection: COLLECTION,
  id: parked.stream,
  document: { ...parked },
  position: parked.position,
});

/** @param schema as given by {@link withParkedStreams} */
export async function readParkedStreams(viewStore: ViewStore, schema: ViewSchema): Promise<readonly ParkedStream[]> {
  const found: ParkedStream[] = [];
  for await (const { document } of viewStore.scan(schema, COLLECTION)) found.push(parkedOf(document));
  return found;
}

const parkedOf = (document: Document): ParkedStream => ({
  stream: String(document.stream),
  revision: Number(document.revision),
  position: String(document.position) as Position,
  type: String(document.type),
  fault: String(document.fault),
});

/** What is kept and told of a failure: its kind and message. Projections see sealed values only, so it holds nothing personal. */
export function faultOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : 'thrown value that is no error';
  return text.slice(0, 300);
}
