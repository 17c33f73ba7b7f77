import type { AnyBulkWriteOperation, ClientSession } from 'mongodb';
import { collectionOf } from '#ports/view-store/check-view.js';
import type { Applied, DocumentWrite, Fence, Step, ViewSchema, ViewStep } from '#ports/view-store/view-store.js';
import type { MongoConnection } from '../shared-mongodb/connect.js';
import { onlyDuplicateKeys, writeErrorsOf } from '../shared-mongodb/faults.js';
import { transact } from '../shared-mongodb/transaction.js';
import type { Leases } from './leases.js';
import { entryId, goneFrom, type StoredDocument, storedFrom, type ViewEntry } from './places.js';
import type { Register } from './register.js';
import type { Turns } from './turns.js';

/** A step whose lease was looked at. */
type Asked = Omit<Step, 'fence'>;

/**
 * Steps of several views, side by side. In each, with transactions documents and checkpoint are one; without, the documents
 * come first, each guarded by its position, and the checkpoint last: a step that was cut off is given again and changes only
 * what is missing.
 *
 * The fence is looked at before the steps, not with them: a holder that loses its lease in that very moment writes what the
 * next one writes too, and positions decide. Asking with it would set all views' steps in conflict over one document.
 */
export function stepsOn(connection: MongoConnection, register: Register, leases: Leases, turns: Turns) {
  async function applyOne({ view, step }: ViewStep, fence: Fence | undefined): Promise<Applied> {
    const writes = lastOfEach(step.writes);
    if (!connection.transactions) return (await oneByOne(register, view, step, writes)) ? 'applied' : 'already';
    const noted = async (session: ClientSession) => (fence ? turns.note(fence, session) : undefined);
    const advanced = await inTransaction(connection, register, view, step, writes, noted);
    if (advanced?.goneAt !== undefined && advanced.goneAt <= step.checkpoint)
      await forgetPassed(register, view, advanced, step.checkpoint);
    // one that did not advance may not be there at all
    if (!advanced) await register.require(view);
    return advanced ? 'applied' : 'already';
  }

  /** Of views seen once: one that is dropped later is missed by its own step. */
  const prepared = new Set<string>();
  async function requirePrepared(views: readonly ViewSchema[]): Promise<void> {
    const unseen = views.filter((view) => !prepared.has(entryId(view)));
    if (unseen.length === 0) return;
    // all of them before any step begins, so that a wrong one leaves the others alone
    for (const view of unseen) await register.require(view);
    for (const view of unseen) prepared.add(entryId(view));
  }

  return async function applyAll(steps: readonly ViewStep[], fence: Fence | undefined): Promise<readonly Applied[]> {
    if (fence && !(await leases.isPresent(fence))) return steps.map(() => 'fenced');
    await requirePrepared(steps.map(({ view }) => view));
    // nothing is under way any more when this is left, whichever of them failed
    return allOf(steps.map((one) => applyOne(one, fence)));
  };
}

/** Waits for all of them, then throws what the first one that failed threw. */
export async function allOf<T>(running: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(running);
  return Promise.all(running);
}

async function inTransaction(
  connection: MongoConnection,
  register: Register,
  view: ViewSchema,
  step: Asked,
  writes: readonly DocumentWrite[],
  noted: (session: ClientSession) => Promise<void>,
): Promise<ViewEntry | undefined> {
  return transact(connection.client, noted, async (session) => {
    // The checkpoint first: of several processes with this step one goes on, the others wait for it or give way.
    const advanced = await register.advance(view, step.checkpoint, session);
    if (advanced) await writeDocuments(register, view, advanced, writes, step.checkpoint, session);
    return advanced;
  });
}

async function oneByOne(
  register: Register,
  view: ViewSchema,
  step: Asked,
  writes: readonly DocumentWrite[],
): Promise<ViewEntry | undefined> {
  const entry = await register.require(view);
  if (entry.checkpoint !== undefined && step.checkpoint <= entry.checkpoint) return undefined;
  // Every deletion leaves a mark, and it stays: a step that was cut off is given again from its first event, and a process
  // that slept in the middle of one may wake up long after others have gone on.
  await writeDocuments(register, view, entry, writes, undefined, undefined);
  const advanced = await register.advance(view, step.checkpoint, undefined, entry.number);
  // swapped away meanwhile, and by writing made anew: a server makes the collection that a write names
  if (!advanced && (await register.require(view)).number !== entry.number) await register.sweep();
  return advanced;
}

/** @param passed deletions up to here need no mark; undefined: all do */
async function writeDocuments(
  register: Register,
  view: ViewSchema,
  entry: ViewEntry,
  writes: readonly DocumentWrite[],
  passed: string | undefined,
  session: ClientSession | undefined,
): Promise<void> {
  const marked = writes.filter((one) => one.document === null && (passed === undefined || one.position > passed));
  const highest = marked
    .map((one) => one.position)
    .sort()
    .at(-1);
  if (session && highest !== undefined) await register.noteGone(entry, highest, session);
  for (const name of new Set(writes.map((write) => write.collection))) {
    const schema = collectionOf(view, name);
    const documents = register.documents(entry, name);
    const mine = writes.filter((write) => write.collection === name);
    const there = await documents
      .find(
        { _id: { $in: mine.map((write) => write.id) } },
        { projection: { position: 1 }, ...(session && { session }) },
      )
      .toArray();
    const positions = new Map(there.map((one) => [one._id, one.position]));
    const operations = mine
      .filter((write) => write.position > (positions.get(write.id) ?? ''))
      .map((write): AnyBulkWriteOperation<StoredDocument> => {
        const guarded = { _id: write.id, position: { $lt: write.position } };
        if (write.document !== null) {
          const { _id, ...replacement } = storedFrom(schema, write.id, write.position, write.document);
          return { replaceOne: { filter: guarded, replacement, upsert: true } };
        }
        if (!marked.includes(write)) return { deleteOne: { filter: guarded } };
        const { _id, ...replacement } = goneFrom(write.id, write.position);
        return { replaceOne: { filter: guarded, replacement, upsert: true } };
      });
    if (operations.length > 0) await bulk(register, entry, name, operations, session);
  }
}

async function bulk(
  register: Register,
  entry: ViewEntry,
  collection: string,
  operations: AnyBulkWriteOperation<StoredDocument>[],
  session: ClientSession | undefined,
): Promise<void> {
  const documents = register.documents(entry, collection);
  if (session) {
    await documents.bulkWrite(operations, { ordered: false, session });
    return;
  }
  // A guard that holds makes an upsert try to insert: a duplicate key. So does a first insert by two at once, where the
  // later position must still win: those are tried once more, and then the guard has spoken.
  for (let left = operations, tries = 0; left.length > 0 && tries < 2; tries += 1)
    try {
      await documents.bulkWrite(left, { ordered: false });
      return;
    } catch (error) {
      if (!onlyDuplicateKeys(error)) throw error;
      left = writeErrorsOf(error).flatMap(({ index }) => left[index] ?? []);
    }
}

async function forgetPassed(register: Register, view: ViewSchema, entry: ViewEntry, checkpoint: string): Promise<void> {
  for (const { name } of view.collections)
    await register.documents(entry, name).deleteMany({ goneAt: { $lte: checkpoint } });
  if (entry.goneAt !== undefined) await register.forgetGone(entry, entry.goneAt);
}

/** The writes of a step in order, reduced to the last one of each document that its own guard lets through. */
function lastOfEach(writes: readonly DocumentWrite[]): readonly DocumentWrite[] {
  const last = new Map<string, DocumentWrite>();
  for (const write of writes) {
    const key = `${write.collection}\0${write.id}`;
    const before = last.get(key);
    if (before === undefined || write.position > before.position) last.set(key, write);
  }
  return [...last.values()];
}
