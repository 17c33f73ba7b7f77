import type { Position } from '#ports/event-store/event-store.js';
import { checkLease } from '#ports/view-store/check-lease.js';
import { checkQuery, checkWhere, writeCursor } from '#ports/view-store/check-query.js';
import { checkSchema, checkStep, checkWrites, collectionOf, rebuildOf } from '#ports/view-store/check-view.js';
import { compareScans } from '#ports/view-store/compare-scans.js';
import { placeOf } from '#ports/view-store/order.js';
import { type ViewSchema, type ViewStore, ViewStoreError } from '#ports/view-store/view-store.js';
import { connectMongo, type MongoConnection, type MongoPlace } from '../shared-mongodb/connect.js';
import { adviceFor } from '../shared-mongodb/faults.js';
import { stepsOn } from './apply.js';
import { compileFind, compileWhere } from './compile.js';
import { fillingOn } from './fill.js';
import { openLeases } from './leases.js';
import { loaded, lookingOn, versioned } from './look.js';
import { type Documents, documentOf, laidOut, type StoredDocument, THERE } from './places.js';
import { openRegister } from './register.js';
import { openTurns } from './turns.js';

const SCANNED = 1000;

/**
 * Opens a view store in one MongoDB database, on a server by itself or a replica set (4.2 or later). Answers of `apply` are
 * in the journal of a majority.
 * @throws ViewStoreError `unavailable` not reachable, wrong credentials, too old, or a database that holds keys; the message
 *   says what to check
 */
export async function openMongoViewStore(place: MongoPlace): Promise<ViewStore> {
  const closed = () => new ViewStoreError('closed', 'the view store is closed');
  const connection: MongoConnection = await connectMongo(place, 'views', closed).catch((error: unknown) => {
    throw asViewStoreError(error);
  });
  const register = openRegister(connection.db);
  const leases = openLeases(connection.db);
  const turns = openTurns(connection.db);
  const applyAll = stepsOn(connection, register, leases, turns);
  const fill = fillingOn(register, leases);
  const look = lookingOn(register);

  const run = <T>(work: () => Promise<T>): Promise<T> =>
    connection.run(work).catch((error: unknown) => {
      throw asViewStoreError(error);
    });
  await run(register.sweep).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });

  /** Reads again where the view was swapped away during the reading, its collections perhaps half gone. */
  async function reading<T>(
    view: ViewSchema,
    collection: string,
    read: (documents: Documents) => Promise<T>,
  ): Promise<T> {
    collectionOf(view, collection);
    return run(async () => {
      for (let entry = await register.require(view); ; ) {
        const outcome = await read(register.documents(entry, collection)).then(
          (value) => ({ value }),
          (error: unknown) => ({ error }),
        );
        const now = await register.require(view);
        if (now.number === entry.number) {
          if ('error' in outcome) throw outcome.error;
          return outcome.value;
        }
        entry = now;
      }
    });
  }

  const load = (view: ViewSchema, collection: string, ids: readonly string[]) =>
    reading(view, collection, (documents) => loaded(documents, ids));

  /** Page by page; the next page is under way while one is given out. */
  async function* paged<T>(
    read: (after: string) => Promise<readonly T[]>,
    idOf: (one: T) => string,
  ): AsyncGenerator<T> {
    let next: Promise<readonly T[]> | undefined = read('');
    while (next) {
      const page: readonly T[] = await next;
      const last = page.at(-1);
      next = page.length < SCANNED || last === undefined ? undefined : read(idOf(last));
      // its failure is thrown where it is waited for, and meanwhile is nobody's to handle
      next?.catch(() => undefined);
      yield* page;
    }
  }

  const stretch = (documents: Documents, after: string, projection?: Record<string, 1>) =>
    documents
      .find({ _id: { $gt: after }, ...THERE }, projection ? { projection } : {})
      .sort({ _id: 1 })
      .limit(SCANNED)
      .toArray();

  return {
    load,

    async prepare(view) {
      checkSchema(view);
      await run(() => register.prepare(view));
    },

    checkpoint: (view) => run(async () => (await register.find(view))?.checkpoint as Position | undefined),

    async apply(view, { fence, ...step }) {
      checkStep(view, step);
      const [applied = 'already'] = await run(() => applyAll([{ view, step }], fence));
      return applied;
    },

    async applyAll(steps, fence) {
      for (const { view, step } of steps) checkStep(view, step);
      return run(() => applyAll(steps, fence));
    },

    async look(views, wanted) {
      for (const { view, collection } of wanted) collectionOf(view, collection);
      return run(() => look(views, wanted));
    },

    async get(view, collection, id) {
      return (await load(view, collection, [id])).get(id)?.document;
    },

    async find(view, query) {
      const ranges = compileFind(query, checkQuery(view, query));
      // One more than asked for tells whether there is a next page.
      const found = await reading(view, query.collection, async (documents) => {
        const taken: StoredDocument[] = [];
        for (const { filter, sort } of ranges) {
          const left = query.limit + 1 - taken.length;
          if (left > 0) taken.push(...(await documents.find(filter).sort(sort).limit(left).toArray()));
        }
        return taken;
      });
      const page = found.slice(0, query.limit).map((one) => ({ id: one._id, document: documentOf(one) }));
      const last = page.at(-1);
      return {
        documents: page,
        next:
          last && found.length > page.length
            ? writeCursor(query.orderBy, placeOf(query.orderBy, last.id, last.document))
            : undefined,
      };
    },

    async count(view, query) {
      const { where } = checkWhere(view, query);
      return reading(view, query.collection, (documents) => documents.countDocuments(compileWhere(where)));
    },

    async *scan(view, collection) {
      const read = (after: string) => reading(view, collection, (documents) => stretch(documents, after));
      for await (const one of paged(read, ({ _id }) => _id)) yield { id: one._id, ...versioned(one) };
    },

    async fill(fillings, fence) {
      for (const { rebuilt, documents } of fillings) checkWrites(rebuilt, documents);
      return run(() => fill(fillings, fence));
    },

    compare(live, rebuilt, collection) {
      const texts = (view: ViewSchema) =>
        paged(
          (after) =>
            reading(view, collection, async (documents) => (await stretch(documents, after, { json: 1 })).map(laidOut)),
          ({ id }) => id,
        );
      return compareScans(texts(live), texts(rebuilt));
    },

    async beginRebuild(view) {
      checkSchema(view);
      const rebuilt = rebuildOf(view);
      await run(async () => {
        await register.remove(rebuilt);
        await register.prepare(rebuilt);
      });
      return rebuilt;
    },

    swap: (live, rebuilt) => run(() => register.swap(live, rebuilt)),
    drop: (view) => run(() => register.remove(view)),

    async takeLease(name, request) {
      checkLease(name, request);
      return run(async () => {
        const lease = await leases.take(name, request);
        if (lease && connection.transactions) await turns.begin({ lease: name, token: lease.token });
        return lease;
      });
    },
    releaseLease: (fence) => run(() => leases.release(fence)),
    leases: (prefix) => run(() => leases.list(prefix)),

    close: () => connection.close(),
  };
}

function asViewStoreError(error: unknown): ViewStoreError {
  if ((error as { name?: unknown } | undefined)?.name === 'ViewStoreError') return error as ViewStoreError;
  return new ViewStoreError('unavailable', adviceFor(error, 'TEMOIN_VIEW_STORE'), { cause: error });
}
