import type { StoreReadBack } from '#domain/custody/commands.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import type { CellId } from '#kernel/sealed.js';
import type { StoredEvent } from '#ports/event-store/event-store.js';
import type { Opener } from '#ports/opener/opener.js';
import type { SiblingStore } from '#ports/sibling-store/sibling-store.js';
import type { ViewDefinition } from '#views/view.js';
import type { Temoin } from '../temoin.js';
import { type StoreCounts, storeCounts } from './counts.js';
import type { DestroyedTarget } from './destruction-record.js';
import { sealedWithin, subjectsIn } from './sealed-within.js';

/** How long a view may take to reach the head of the log before it counts as not read back. */
const VIEW_PATIENCE_MS = 30_000;

type Answers = ReadonlyMap<string, readonly StoreReadBack[]>;

/**
 * Asks for every value of the destroyed cells again: every stored event, every document of every view, every sibling store.
 * One pass over log and views for all destructions given. What cannot be asked counts as unreadable, never as erased.
 * @returns the answers of each store, by destruction
 * @throws what the event store throws: then nothing was read back
 */
export async function readBack(
  temoin: Temoin,
  siblings: readonly SiblingStore[],
  targets: readonly DestroyedTarget[],
): Promise<Answers> {
  const opener = temoin.freshOpener();
  const found: ReadonlyMap<string, StoreReadBack>[] = [await ofEvents(temoin, opener, targets)];
  for (const view of temoin.views) found.push(await ofView(temoin, view, opener, targets));
  for (const store of siblings) found.push(await ofSibling(store, targets));
  return new Map(
    targets.map(({ destructionId }) => [destructionId, found.flatMap((store) => store.get(destructionId) ?? [])]),
  );
}

async function ofEvents(
  { eventStore, decode }: Temoin,
  opener: Opener,
  targets: readonly DestroyedTarget[],
): Promise<ReadonlyMap<string, StoreReadBack>> {
  const subjects = new Set(targets.map(({ memberId }) => memberId));
  const counts = storeCounts('events', targets, opener);
  for await (const stored of eventStore.readAll()) {
    const concerned = subjectsIn(stored.data, subjects);
    if (concerned.size > 0) await takeEvent(stored, concerned, decode, counts);
  }
  return counts.finish();
}

async function takeEvent(
  stored: StoredEvent,
  concerned: ReadonlySet<string>,
  decode: (stored: StoredEvent) => AnySealedEvent,
  counts: StoreCounts,
): Promise<void> {
  let event: AnySealedEvent;
  try {
    event = decode(stored);
  } catch {
    // written by a newer program, or damaged: it concerns them, and nobody can tell what it answers
    for (const memberId of concerned) counts.unknown(memberId);
    return;
  }
  await counts.take(sealedWithin(event.data));
}

async function ofView(
  { viewStore, eventStore, waitFor }: Temoin,
  { schema }: ViewDefinition,
  opener: Opener,
  targets: readonly DestroyedTarget[],
): Promise<ReadonlyMap<string, StoreReadBack>> {
  const counts = storeCounts(`view:${schema.name}`, targets, opener);
  try {
    const head = await eventStore.head();
    if (head !== undefined && !(await waitFor(schema.name, head, VIEW_PATIENCE_MS))) counts.unknown();
    for (const { name } of schema.collections)
      for await (const { document } of viewStore.scan(schema, name)) await counts.take(sealedWithin(document));
  } catch {
    counts.unknown();
  }
  return counts.finish();
}

/** Things that still hold values of the cells are present; none is left when the store was emptied. */
async function ofSibling(
  store: SiblingStore,
  targets: readonly DestroyedTarget[],
): Promise<ReadonlyMap<string, StoreReadBack>> {
  const answers = new Map<string, StoreReadBack>();
  for (const { destructionId, cells } of targets) {
    const left = await store.count(cells as readonly CellId[]).catch(() => undefined);
    const values = left ?? 1;
    const unreadable = left === undefined ? 1 : 0;
    answers.set(destructionId, { store: store.name, values, erased: 0, present: values - unreadable, unreadable });
  }
  return answers;
}
