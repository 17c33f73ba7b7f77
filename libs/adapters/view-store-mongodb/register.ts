import { randomBytes } from 'node:crypto';
import type { ClientSession, Db } from 'mongodb';
import { type ViewSchema, ViewStoreError } from '#ports/view-store/view-store.js';
import { isAlreadyThere, isDuplicateKey } from '../shared-mongodb/faults.js';
import {
  collectionName,
  type Documents,
  entryId,
  indexesOf,
  numberOf,
  type StoredDocument,
  signatureOf,
  type ViewEntry,
} from './places.js';

/** The views of a database: which exist, where their documents lie, how far they are. */
export interface Register {
  find(view: ViewSchema, session?: ClientSession): Promise<ViewEntry | undefined>;
  /** @throws ViewStoreError `invalid-query` the view was not prepared */
  require(view: ViewSchema, session?: ClientSession): Promise<ViewEntry>;
  prepare(view: ViewSchema): Promise<void>;
  remove(view: ViewSchema): Promise<void>;
  swap(live: ViewSchema, rebuilt: ViewSchema): Promise<void>;
  documents(entry: ViewEntry, collection: string): Documents;
  /** Of several views at once, in their order. */
  findAll(views: readonly ViewSchema[]): Promise<readonly (ViewEntry | undefined)[]>;
  /** Moves the checkpoint forward, if the view is still before it and, where a number is given, still the same. */
  advance(
    view: ViewSchema,
    checkpoint: string,
    session?: ClientSession,
    number?: string,
  ): Promise<ViewEntry | undefined>;
  /** Notes, before it is written, a deletion that later changes must find. */
  noteGone(entry: ViewEntry, position: string, session?: ClientSession): Promise<void>;
  /** Takes that note away, unless a later one has come. */
  forgetGone(entry: ViewEntry, position: string): Promise<void>;
  /** Drops collections that no view has: what a process left that was killed, or that woke up, amid a swap. */
  sweep(): Promise<void>;
}

export function openRegister(db: Db): Register {
  const views = db.collection<ViewEntry>('views');
  const within = (session: ClientSession | undefined) => (session ? { session } : {});
  const notPrepared = (view: ViewSchema) =>
    new ViewStoreError('invalid-query', `view ${view.name} version ${view.version} was not prepared`);

  async function find(view: ViewSchema, session?: ClientSession): Promise<ViewEntry | undefined> {
    return (await views.findOne({ _id: entryId(view) }, within(session))) ?? undefined;
  }

  async function require(view: ViewSchema, session?: ClientSession): Promise<ViewEntry> {
    const entry = await find(view, session);
    if (!entry) throw notPrepared(view);
    return entry;
  }

  async function entryFor(view: ViewSchema): Promise<ViewEntry> {
    const signatures = Object.fromEntries(view.collections.map((one) => [one.name, signatureOf(one)]));
    const fresh = { number: randomBytes(5).toString('hex'), signatures };
    for (;;) {
      try {
        const entry = await views.findOneAndUpdate(
          { _id: entryId(view) },
          { $setOnInsert: fresh },
          { upsert: true, returnDocument: 'after' },
        );
        if (entry) return entry;
      } catch (error) {
        // Another process inserted it in the same moment.
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }

  async function prepare(view: ViewSchema): Promise<void> {
    const entry = await entryFor(view);
    for (const collection of view.collections) {
      const known = entry.signatures[collection.name];
      const signature = signatureOf(collection);
      if (known !== undefined && known !== signature)
        throw new ViewStoreError(
          'invalid-query',
          `view ${view.name} version ${view.version}: the fields of ${collection.name} are not those of before: raise the view's version`,
        );
      const name = collectionName(entry.number, collection.name);
      // Made before any transaction needs it: old servers make no collections inside one.
      await db.createCollection(name).catch((error: unknown) => {
        if (!isAlreadyThere(error)) throw error;
      });
      await db.collection(name).createIndexes(indexesOf(collection));
      if (known === undefined)
        await views.updateOne({ _id: entry._id }, { $set: { [`signatures.${collection.name}`]: signature } });
    }
  }

  /** A view enters the register before its collections are made: one that is there and has no entry by then has none any more. */
  async function sweep(): Promise<void> {
    const there = await db.listCollections({}, { nameOnly: true }).toArray();
    // twice, since one reading may pass over a number that a swap takes from an entry still to come to one already read
    const used = new Set([await views.distinct('number'), await views.distinct('number')].flat());
    for (const { name } of there) {
      const number = numberOf(name);
      if (number !== undefined && !used.has(number)) await db.collection(name).drop();
    }
  }

  return {
    find,
    require,
    prepare,
    sweep,
    documents: (entry, collection) => db.collection<StoredDocument>(collectionName(entry.number, collection)),

    async remove(view) {
      const entry = await views.findOneAndDelete({ _id: entryId(view) });
      if (entry) await sweep();
    },

    async swap(live, rebuilt) {
      const entry = await require(rebuilt);
      if (entryId(live) === entryId(rebuilt)) return;
      const { _id: _, ...content } = entry;
      const old = await views.findOneAndReplace({ _id: entryId(live) }, content, { upsert: true });
      await views.deleteOne({ _id: entry._id, number: entry.number });
      if (old && old.number !== entry.number) await sweep();
    },

    async findAll(asked) {
      const found = await views.find({ _id: { $in: asked.map(entryId) } }).toArray();
      const byId = new Map(found.map((entry) => [entry._id, entry]));
      return asked.map((view) => byId.get(entryId(view)));
    },

    async advance(view, checkpoint, session, number) {
      const advanced = await views.findOneAndUpdate(
        {
          _id: entryId(view),
          ...(number === undefined ? {} : { number }),
          $or: [{ checkpoint: { $exists: false } }, { checkpoint: { $lt: checkpoint } }],
        },
        { $set: { checkpoint } },
        { returnDocument: 'after', ...within(session) },
      );
      return advanced ?? undefined;
    },

    async noteGone(entry, position, session) {
      await views.updateOne({ _id: entry._id, number: entry.number }, { $max: { goneAt: position } }, within(session));
    },

    async forgetGone(entry, position) {
      await views.updateOne({ _id: entry._id, number: entry.number, goneAt: position }, { $unset: { goneAt: '' } });
    },
  };
}
