import type { Position } from '#ports/event-store/event-store.js';
import { checkLease, nextToken } from '#ports/view-store/check-lease.js';
import { checkQuery, checkWhere, writeCursor } from '#ports/view-store/check-query.js';
import { checkSchema, checkStep, checkWrites, collectionOf, rebuildOf } from '#ports/view-store/check-view.js';
import { compareScans, type Laid } from '#ports/view-store/compare-scans.js';
import { comparePlaces, compareText, holds, placeOf } from '#ports/view-store/order.js';
import {
  type Applied,
  type Document,
  type Fence,
  type Lease,
  type Step,
  type VersionedDocument,
  type ViewSchema,
  type ViewStore,
  ViewStoreError,
} from '#ports/view-store/view-store.js';

/** A document as JSON text, so that nobody shares an object with the store; null when deleted but still guarded. */
interface Kept {
  readonly json: string | null;
  readonly position: Position;
}
interface KeptView {
  checkpoint: Position | undefined;
  readonly collections: Map<string, Map<string, Kept>>;
}

/** What a file is to the embedded engine: several stores may be opened on it, as several processes would. */
export type MemoryViews = Map<string, KeptView>;

/** Leases lie beside the views of the same place. */
const leasesOf = new WeakMap<MemoryViews, Map<string, Omit<Lease, 'leftMs'> & { readonly until: number }>>();

/** For tests: forgets everything with the process. */
export function memoryViewStore(views: MemoryViews = new Map()): ViewStore {
  let closed = false;
  const leases = leasesOf.get(views) ?? new Map();
  leasesOf.set(views, leases);
  const refuseIfClosed = () => {
    if (closed) throw new ViewStoreError('closed', 'the view store is closed');
  };
  const keptView = (view: ViewSchema): KeptView => {
    refuseIfClosed();
    const kept = views.get(keyOf(view));
    if (!kept) throw new ViewStoreError('invalid-query', `view ${view.name} version ${view.version} is not prepared`);
    return kept;
  };
  const keptDocuments = (view: ViewSchema, collection: string): ReadonlyMap<string, Kept> => {
    collectionOf(view, collection);
    const found = keptView(view).collections.get(collection);
    if (!found) throw new ViewStoreError('invalid-query', `view ${view.name} is not prepared with this collection`);
    return found;
  };
  const living = (view: ViewSchema, collection: string) =>
    [...keptDocuments(view, collection)].flatMap(([id, kept]) =>
      kept.json === null ? [] : [{ id, document: JSON.parse(kept.json) as Document, position: kept.position }],
    );
  const prepare = (view: ViewSchema) => {
    const kept = views.get(keyOf(view)) ?? { checkpoint: undefined, collections: new Map() };
    for (const { name } of view.collections)
      if (!kept.collections.has(name)) kept.collections.set(name, new Map<string, Kept>());
    views.set(keyOf(view), kept);
  };

  const isFenced = (fence: Fence | undefined) => fence !== undefined && leases.get(fence.lease)?.token !== fence.token;
  const apply = (view: ViewSchema, step: Step): Applied => {
    const kept = keptView(view);
    if (kept.checkpoint !== undefined && step.checkpoint <= kept.checkpoint) return 'already';
    for (const { collection, id, document, position } of step.writes) {
      const documents = kept.collections.get(collection);
      const before = documents?.get(id);
      if (!before || before.position < position)
        documents?.set(id, { json: document && JSON.stringify(document), position });
    }
    kept.checkpoint = step.checkpoint;
    for (const documents of kept.collections.values())
      for (const [id, one] of documents) if (one.json === null && one.position <= step.checkpoint) documents.delete(id);
    return 'applied';
  };
  const load = (view: ViewSchema, collection: string, ids: readonly string[]) => {
    const documents = keptDocuments(view, collection);
    const found = new Map<string, VersionedDocument>();
    for (const id of ids) {
      const kept = documents.get(id);
      if (kept && kept.json !== null)
        found.set(id, { document: JSON.parse(kept.json) as Document, position: kept.position });
    }
    return found;
  };
  async function* laid(view: ViewSchema, collection: string): AsyncGenerator<Laid> {
    const kept = [...keptDocuments(view, collection)].sort(([a], [b]) => compareText(a, b));
    for (const [id, { json }] of kept) if (json !== null) yield { id, json };
  }

  return {
    async prepare(view) {
      refuseIfClosed();
      checkSchema(view);
      prepare(view);
    },

    async checkpoint(view) {
      refuseIfClosed();
      return views.get(keyOf(view))?.checkpoint;
    },

    async apply(view, step) {
      refuseIfClosed();
      checkStep(view, step);
      keptView(view);
      return isFenced(step.fence) ? 'fenced' : apply(view, step);
    },

    async applyAll(steps, fence) {
      refuseIfClosed();
      for (const { view, step } of steps) checkStep(view, step);
      for (const { view } of steps) keptView(view);
      return steps.map(({ view, step }) => (isFenced(fence) ? 'fenced' : apply(view, step)));
    },

    async look(asked, wanted) {
      refuseIfClosed();
      return {
        checkpoints: asked.map((view) => views.get(keyOf(view))?.checkpoint),
        documents: wanted.map(({ view, collection, ids }) => load(view, collection, ids)),
      };
    },

    async load(view, collection, ids) {
      return load(view, collection, ids);
    },

    async get(view, collection, id) {
      const json = keptDocuments(view, collection).get(id)?.json;
      return json ? (JSON.parse(json) as Document) : undefined;
    },

    async find(view, query) {
      refuseIfClosed();
      const { where, after } = checkQuery(view, query);
      const order = query.orderBy;
      const sorted = living(view, query.collection)
        .filter(({ document }) => where.every((condition) => holds(document, condition)))
        .map(({ id, document }) => ({ id, document, place: placeOf(order, id, document) }))
        .filter(({ place }) => after === undefined || comparePlaces(order, place, after) > 0)
        .sort((a, b) => comparePlaces(order, a.place, b.place));
      const documents = sorted.slice(0, query.limit);
      const last = documents.at(-1);
      return {
        documents: documents.map(({ id, document }) => ({ id, document })),
        next: last && sorted.length > documents.length ? writeCursor(order, last.place) : undefined,
      };
    },

    async count(view, query) {
      refuseIfClosed();
      const { where } = checkWhere(view, query);
      return living(view, query.collection).filter(({ document }) => where.every((one) => holds(document, one))).length;
    },

    async *scan(view, collection) {
      yield* living(view, collection).sort((a, b) => compareText(a.id, b.id));
    },

    async beginRebuild(view) {
      refuseIfClosed();
      checkSchema(view);
      const rebuilt = rebuildOf(view);
      views.delete(keyOf(rebuilt));
      prepare(rebuilt);
      return rebuilt;
    },

    async fill(fillings, fence) {
      refuseIfClosed();
      for (const { rebuilt, documents } of fillings) checkWrites(rebuilt, documents);
      for (const { rebuilt } of fillings) keptView(rebuilt);
      if (isFenced(fence)) return 'fenced';
      for (const { rebuilt, documents } of fillings)
        for (const { collection, id, document, position } of documents) {
          const kept = keptView(rebuilt).collections.get(collection);
          if (document === null) kept?.delete(id);
          else kept?.set(id, { json: JSON.stringify(document), position });
        }
      return 'filled';
    },

    compare: (live, rebuilt, collection) => compareScans(laid(live, collection), laid(rebuilt, collection)),

    async swap(live, rebuilt) {
      views.set(keyOf(live), keptView(rebuilt));
      views.delete(keyOf(rebuilt));
    },

    async drop(view) {
      refuseIfClosed();
      views.delete(keyOf(view));
    },

    async takeLease(name, request) {
      refuseIfClosed();
      checkLease(name, request);
      const { owner, forMs, seize, note = '' } = request;
      const now = Date.now();
      const before = leases.get(name);
      const held = before !== undefined && before.until > now;
      if (held && before.owner !== owner && !seize) return undefined;
      const token = held && before.owner === owner ? before.token : nextToken(before?.token, now);
      leases.set(name, { name, owner, token, note, until: now + forMs });
      return { name, owner, token, note, leftMs: forMs };
    },

    async releaseLease({ lease, token }) {
      refuseIfClosed();
      const before = leases.get(lease);
      if (before?.token === token) leases.set(lease, { ...before, until: 0 });
    },

    async leases(prefix) {
      refuseIfClosed();
      const now = Date.now();
      return [...leases.values()]
        .filter(({ name, until }) => name.startsWith(prefix) && until > now)
        .map(({ until, ...lease }) => ({ ...lease, leftMs: until - now }));
    },

    async close() {
      closed = true;
    },
  };
}

const keyOf = (view: ViewSchema): string => `${view.name}@${view.version}`;
