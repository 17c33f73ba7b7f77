import type { Position } from '#ports/event-store/event-store.js';
import { checkLease } from '#ports/view-store/check-lease.js';
import { checkQuery, checkWhere, writeCursor } from '#ports/view-store/check-query.js';
import { checkSchema, checkStep, checkWrites, collectionOf, isId, rebuildOf } from '#ports/view-store/check-view.js';
import { placeOf } from '#ports/view-store/order.js';
import {
  type Applied,
  type Document,
  type Fence,
  type Lease,
  type VersionedDocument,
  type ViewSchema,
  type ViewStep,
  type ViewStore,
  ViewStoreError,
  type Wanted,
} from '#ports/view-store/view-store.js';
import { type Connection, connect } from '#sqlite/connect.js';
import type { Place } from '#sqlite/database.js';
import { SqliteFault } from '#sqlite/fault.js';
import { compileCount, compileFind } from './compile.js';
import type {
  ApplyArgument,
  ComparedAt,
  FillArgument,
  FillingArgument,
  Found,
  FoundAt,
  LoadArgument,
  LookedAt,
  Outcome,
  PrepareArgument,
  StepArgument,
  ViewKey,
} from './operations.js';
import { rowsOf, shapeOf } from './shape.js';

const keyOf = (view: ViewSchema): ViewKey => [view.name, view.version];
const prepareArgument = (view: ViewSchema): PrepareArgument => [keyOf(view), view.collections.map(shapeOf)];
const parse = (json: string): Document => JSON.parse(json) as Document;
const fenceArgument = (fence: Fence | undefined): ApplyArgument[1] => (fence ? [fence.lease, fence.token] : null);
const byId = (found: readonly FoundAt[]): ReadonlyMap<string, VersionedDocument> =>
  new Map(found.map(([id, json, position]) => [id, { document: parse(json), position: position as Position }]));

/**
 * Opens, and creates with mode 0600, a view store in one SQLite file. Several processes may open the same file. Steps
 * that wait at the same time share one sync of the disk.
 * @throws ViewStoreError `unavailable`
 */
export async function openSqliteViewStore(place: Place): Promise<ViewStore> {
  let connection: Connection;
  try {
    connection = await connect(new URL('./worker.js', import.meta.url), place);
  } catch (error) {
    throw asViewStoreError(error);
  }
  async function ask<T>(view: ViewSchema | undefined, op: string, argument: unknown): Promise<T> {
    let outcome: Outcome<T>;
    try {
      outcome = (await connection.call(op, argument)).value as Outcome<T>;
    } catch (error) {
      throw asViewStoreError(error);
    }
    if ('done' in outcome) return outcome.done;
    const which = view ? `view ${view.name} version ${view.version}: ` : '';
    throw new ViewStoreError('invalid-query', `${which}${outcome.refused}`);
  }
  function loadArgument({ view, collection, ids }: Wanted): LoadArgument {
    collectionOf(view, collection);
    return [keyOf(view), collection, ids.filter(isId)];
  }
  async function load(view: ViewSchema, collection: string, ids: readonly string[]) {
    return byId(await ask<readonly FoundAt[]>(view, 'load', loadArgument({ view, collection, ids })));
  }
  async function applyAll(steps: readonly ViewStep[], fence: Fence | undefined): Promise<readonly Applied[]> {
    if (steps.length === 0) return [];
    for (const { view, step } of steps) checkStep(view, step);
    const argument: ApplyArgument = [
      steps.map(({ view, step }): StepArgument => [keyOf(view), step.checkpoint, rowsOf(view, step.writes)]),
      fenceArgument(fence),
    ];
    return ask(steps.length === 1 ? steps[0]?.view : undefined, 'apply', argument);
  }

  return {
    load,
    applyAll,

    async prepare(view) {
      checkSchema(view);
      await ask(view, 'prepare', prepareArgument(view));
    },

    async checkpoint(view) {
      return ask<Position | undefined>(view, 'checkpoint', keyOf(view));
    },

    async apply(view, { fence, ...step }) {
      const [applied = 'already'] = await applyAll([{ view, step }], fence);
      return applied;
    },

    async look(views, wanted) {
      const [checkpoints, found] = await ask<LookedAt>(undefined, 'look', [views.map(keyOf), wanted.map(loadArgument)]);
      return {
        checkpoints: checkpoints.map((one) => (one ?? undefined) as Position | undefined),
        documents: found.map(byId),
      };
    },

    async get(view, collection, id) {
      return (await load(view, collection, [id])).get(id)?.document;
    },

    async find(view, query) {
      const checked = checkQuery(view, query);
      // One more than asked for tells whether there is a next page.
      const found = await ask<readonly Found[]>(view, 'find', [
        keyOf(view),
        query.collection,
        compileFind(query, checked),
        query.limit + 1,
      ]);
      const documents = found.slice(0, query.limit).map(([id, json]) => ({ id, document: parse(json) }));
      const last = documents.at(-1);
      const more = last && found.length > documents.length;
      return {
        documents,
        next: more ? writeCursor(query.orderBy, placeOf(query.orderBy, last.id, last.document)) : undefined,
      };
    },

    async count(view, query) {
      return ask<number>(view, 'count', [keyOf(view), query.collection, compileCount(checkWhere(view, query))]);
    },

    async *scan(view, collection) {
      collectionOf(view, collection);
      for (let after: string | undefined = ''; after !== undefined; ) {
        const found: readonly FoundAt[] = await ask(view, 'scan', [keyOf(view), collection, after]);
        for (const [id, json, position] of found) yield { id, document: parse(json), position: position as Position };
        after = found.at(-1)?.[0];
      }
    },

    async beginRebuild(view) {
      checkSchema(view);
      const rebuilt = rebuildOf(view);
      await ask(rebuilt, 'beginRebuild', prepareArgument(rebuilt));
      return rebuilt;
    },

    async fill(fillings, fence) {
      for (const { rebuilt, documents } of fillings) checkWrites(rebuilt, documents);
      const argument: FillArgument = [
        fillings.map(({ rebuilt, documents }): FillingArgument => {
          const [fresh, others] = [true, false].map((wanted) => documents.filter((one) => one.fresh === wanted));
          return [keyOf(rebuilt), rowsOf(rebuilt, fresh ?? []), rowsOf(rebuilt, others ?? [])];
        }),
        fenceArgument(fence),
      ];
      return ask<'filled' | 'fenced'>(undefined, 'fill', argument);
    },

    async *compare(live, rebuilt, collection) {
      collectionOf(live, collection);
      for (let after: string | undefined = ''; after !== undefined; ) {
        const stretch: ComparedAt = await ask(live, 'compare', [keyOf(live), keyOf(rebuilt), collection, after]);
        yield {
          documents: stretch.documents,
          unlike: stretch.unlike.map(([id, one, other]) => ({
            id,
            live: one === null ? undefined : parse(one),
            rebuilt: other === null ? undefined : parse(other),
          })),
        };
        after = stretch.next;
      }
    },

    async swap(live, rebuilt) {
      await ask(rebuilt, 'swap', [keyOf(live), keyOf(rebuilt)]);
    },

    async drop(view) {
      await ask(view, 'drop', keyOf(view));
    },

    async takeLease(name, request) {
      checkLease(name, request);
      const { owner, forMs, seize = false, note = '' } = request;
      return ask<Lease | undefined>(undefined, 'takeLease', [name, owner, forMs, seize, note]);
    },

    async releaseLease({ lease, token }) {
      await ask(undefined, 'releaseLease', [lease, token]);
    },

    async leases(prefix) {
      return ask<readonly Lease[]>(undefined, 'leases', prefix);
    },

    close: () => connection.close(),
  };
}

function asViewStoreError(error: unknown): ViewStoreError {
  const options = { cause: error };
  if (!(error instanceof SqliteFault)) return new ViewStoreError('unavailable', 'the view store failed', options);
  if (error.kind === 'closed') return new ViewStoreError('closed', 'the view store is closed', options);
  return new ViewStoreError('unavailable', error.message, options);
}
