import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Position, StoredEvent } from '#ports/event-store/event-store.js';
import type { Document, DocumentWrite, VersionedDocument } from '#ports/view-store/view-store.js';
import type { Change, ViewDefinition } from '#views/view.js';
import { faultOf } from './parked-streams.js';
import type { ParkedStream } from './reports.js';

/** What the events of a batch ask of one view, and the streams that one of them parks. */
export interface Asked {
  readonly changes: readonly { readonly stored: StoredEvent; readonly changes: readonly Change[] }[];
  readonly parked: Map<string, ParkedStream>;
}

/** A document while events are folded into it. */
export interface Entry {
  readonly collection: string;
  readonly id: string;
  document: Document | null | undefined;
  position: Position | undefined;
  /** Changed since it was read or written last. */
  dirty: boolean;
}

/** Documents by collection and id. */
export type Entries = ReadonlyMap<string, ReadonlyMap<string, Entry>>;

/** Decodes each event once, however many views of one batch ask for it. One that cannot be decoded fails for each of them. */
export function decodedOnce(decode: (stored: StoredEvent) => AnySealedEvent): (stored: StoredEvent) => AnySealedEvent {
  const known = new Map<StoredEvent, AnySealedEvent>();
  return (stored) => {
    const before = known.get(stored);
    if (before) return before;
    const event = decode(stored);
    known.set(stored, event);
    return event;
  };
}

/**
 * The changes that events ask for, before any document is read. An event that cannot be decoded or projected parks its
 * stream from there on.
 */
export function ask(
  view: ViewDefinition,
  events: readonly StoredEvent[],
  decode: (stored: StoredEvent) => AnySealedEvent,
  isParked: (stream: string) => boolean,
): Asked {
  const parked = new Map<string, ParkedStream>();
  const changes: { readonly stored: StoredEvent; readonly changes: readonly Change[] }[] = [];
  for (const stored of events) {
    if (isParked(stored.stream) || parked.has(stored.stream)) continue;
    try {
      const asked = view.changes(decode(stored));
      if (asked.length > 0) changes.push({ stored, changes: asked });
    } catch (error) {
      parked.set(stored.stream, parkedAt(stored, error));
    }
  }
  return { changes, parked };
}

const parkedAt = ({ stream, revision, position, type }: StoredEvent, error: unknown): ParkedStream => ({
  stream,
  revision,
  position,
  type,
  fault: faultOf(error),
});

/** The documents that the changes are about, none of them read yet. */
export function entriesOf({ changes: asked }: Asked): Entries {
  const entries = new Map<string, Map<string, Entry>>();
  for (const { changes } of asked)
    for (const { collection, id } of changes) {
      let those = entries.get(collection);
      if (!those) {
        those = new Map();
        entries.set(collection, those);
      }
      if (!those.has(id)) those.set(id, { collection, id, document: undefined, position: undefined, dirty: false });
    }
  return entries;
}

/** Puts what the store holds into documents that were not read yet. */
export function takeLoaded(
  entries: ReadonlyMap<string, Entry> | undefined,
  loaded: ReadonlyMap<string, VersionedDocument> | undefined,
): void {
  if (!entries || !loaded) return;
  for (const [id, { document, position }] of loaded) {
    const entry = entries.get(id);
    if (!entry) continue;
    entry.document = document;
    entry.position = position;
  }
}

/**
 * Folds changes into documents. An event's changes are taken together or not at all; one that cannot be folded parks its
 * stream from there on. A change at or before the document's position was made already and is dropped.
 */
export function fold({ changes: asked, parked }: Asked, entries: Entries): void {
  for (const { stored, changes } of asked) {
    const first = parked.get(stored.stream);
    if (first && first.position <= stored.position) continue;
    try {
      foldOne(entries, changes, stored.position);
    } catch (error) {
      parked.set(stored.stream, parkedAt(stored, error));
    }
  }
}

function foldOne(entries: Entries, changes: readonly Change[], position: Position): void {
  const staged = new Map<Entry, Document | null>();
  for (const change of changes) {
    const entry = entries.get(change.collection)?.get(change.id);
    if (!entry || (entry.position !== undefined && entry.position >= position)) continue;
    const before = (staged.has(entry) ? staged.get(entry) : entry.document) ?? undefined;
    const after = change.next(before);
    if (after === undefined || after === before) continue;
    staged.set(entry, after);
  }
  for (const [entry, document] of staged) {
    // A document that never was needs no deletion.
    if (document === null && (entry.document ?? undefined) === undefined && !entry.dirty) continue;
    entry.document = document;
    entry.position = position;
    entry.dirty = true;
  }
}

export function writesOf(entries: Entries): readonly DocumentWrite[] {
  const writes: DocumentWrite[] = [];
  for (const those of entries.values())
    for (const { collection, id, document, position, dirty } of those.values())
      if (dirty && position !== undefined) writes.push({ collection, id, document: document ?? null, position });
  return writes;
}
