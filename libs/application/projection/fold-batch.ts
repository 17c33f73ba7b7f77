import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Position, StoredEvent } from '#ports/event-store/event-store.js';
import type { Document, DocumentWrite, VersionedDocument } from '#ports/view-store/view-store.js';
import type { Change, ViewDefinition } from '#views/view.js';
import { faultOf } from './parked-streams.js';
import type { ParkedStream } from './reports.js';

/** Reads documents by collection and id; what is not there is not in the answer. */
export type LoadDocuments = (
  collection: string,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, VersionedDocument>>;

export interface FoldedBatch {
  readonly writes: readonly DocumentWrite[];
  readonly parked: readonly ParkedStream[];
}

interface Entry {
  readonly collection: string;
  readonly id: string;
  document: Document | null | undefined;
  position: Position | undefined;
  dirty: boolean;
}

/**
 * Folds a batch of events into the documents they touch. An event's changes are taken together or not at all; an event
 * that cannot be decoded or projected parks its stream from there on. A change at or before the document's position was
 * made already and is dropped.
 */
export async function foldBatch(
  view: ViewDefinition,
  events: readonly StoredEvent[],
  decode: (stored: StoredEvent) => AnySealedEvent,
  load: LoadDocuments,
  parkedBefore: ReadonlySet<string>,
): Promise<FoldedBatch> {
  const parked = new Map<string, ParkedStream>();
  const park = ({ stream, revision, position, type }: StoredEvent, error: unknown) => {
    if (!parked.has(stream)) parked.set(stream, { stream, revision, position, type, fault: faultOf(error) });
  };
  const asked: { readonly stored: StoredEvent; readonly changes: readonly Change[] }[] = [];
  for (const stored of events) {
    if (parkedBefore.has(stored.stream) || parked.has(stored.stream)) continue;
    try {
      asked.push({ stored, changes: view.changes(decode(stored)) });
    } catch (error) {
      park(stored, error);
    }
  }
  const entries = await loadEntries(
    asked.flatMap(({ changes }) => changes),
    load,
  );
  for (const { stored, changes } of asked) {
    const first = parked.get(stored.stream);
    if (first && first.position <= stored.position) continue;
    try {
      foldOne(entries, changes, stored.position);
    } catch (error) {
      parked.delete(stored.stream);
      park(stored, error);
    }
  }
  const writes = [...entries.values()].flatMap(({ collection, id, document, position, dirty }) =>
    dirty && position !== undefined ? [{ collection, id, document: document ?? null, position }] : [],
  );
  return { writes, parked: [...parked.values()] };
}

async function loadEntries(changes: readonly Change[], load: LoadDocuments): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  const byCollection = new Map<string, string[]>();
  for (const { collection, id } of changes) {
    const key = keyOf(collection, id);
    if (entries.has(key)) continue;
    entries.set(key, { collection, id, document: undefined, position: undefined, dirty: false });
    const ids = byCollection.get(collection);
    if (ids) ids.push(id);
    else byCollection.set(collection, [id]);
  }
  for (const [collection, ids] of byCollection) {
    for (const [id, { document, position }] of await load(collection, ids)) {
      const entry = entries.get(keyOf(collection, id));
      if (entry) Object.assign(entry, { document, position });
    }
  }
  return entries;
}

function foldOne(entries: ReadonlyMap<string, Entry>, changes: readonly Change[], position: Position): void {
  const staged = new Map<Entry, Document | null>();
  for (const change of changes) {
    const entry = entries.get(keyOf(change.collection, change.id));
    if (!entry || (entry.position !== undefined && entry.position >= position)) continue;
    const before = (staged.has(entry) ? staged.get(entry) : entry.document) ?? undefined;
    const after = change.next(before);
    if (after === undefined || after === before) continue;
    staged.set(entry, after);
  }
  for (const [entry, document] of staged) {
    // A document that never was needs no deletion.
    if (document === null && (entry.document ?? undefined) === undefined && !entry.dirty) continue;
    Object.assign(entry, { document, position, dirty: true });
  }
}

const keyOf = (collection: string, id: string): string => `${collection}\n${id}`;
