import type { EventStore, Position, StoredEvent } from '#ports/event-store/event-store.js';
import type { Wanted } from '#ports/view-store/view-store.js';
import { type ApplyContext, applyBatch, applyUnfenced } from './apply-batch.js';
import type { Building } from './building.js';
import { bulkWriter } from './bulk-writer.js';
import { ask, decodedOnce, fold, takeLoaded } from './fold-batch.js';
import { parkedWrite } from './parked-streams.js';
import { readAhead } from './read-ahead.js';
import { prefixesOf, readersOf } from './readers.js';

export interface PassSizes {
  /** Events read and folded at a time. */
  readonly batch: number;
  /** Documents kept in memory, all views together. */
  readonly kept: number;
}
/** Some tens of megabytes. */
const SIZES: PassSizes = { batch: 500, kept: 24_000 };
/** Of what was touched longest ago, so much is written as soon as nothing else is, while the next events are read and folded. */
const EARLY = 0.5;
/** So much leaves at a time when there are too many: most of it was written early. */
const LEAVING = 0.25;

export type Targets = ReadonlyMap<Building, Position>;

/**
 * Builds views beside the live ones, in one pass over the log for all of them: each event is read and decoded once, documents
 * are folded in memory and written in bulk once they have not been touched for a while. Nobody reads them before the end, so
 * only the end must be in step with a checkpoint; a rebuild that is cut off begins anew.
 */
export interface RebuildPass {
  /** Exactly up to there: a rebuilt view must never be ahead of the live one it is compared with. */
  buildUpTo(targets: Targets): Promise<void>;
  /** Writes what memory holds. */
  settle(these: readonly Building[]): Promise<void>;
  /** Writes what is left of one view, and how far it is. */
  finish(building: Building): Promise<void>;
}

export function rebuildPass(
  eventStore: EventStore,
  context: ApplyContext,
  onTaken: (events: number, position: Position) => void,
  { batch, kept }: PassSizes = SIZES,
): RebuildPass {
  const { viewStore } = context;
  const writer = bulkWriter(context);
  let taken = 0;

  /** Folds a batch; documents that left the memory are read again. */
  async function take(events: ReadonlyMap<Building, readonly StoredEvent[]>): Promise<void> {
    const decode = decodedOnce(context.decode);
    const wanted: (Wanted & { readonly building: Building })[] = [];
    const asked = [...events].map(([building, mine]) => {
      const { view, beside, cache, parked } = building;
      const one = ask(view, mine, decode, (stream) => parked.has(stream));
      const unread = new Map<string, string[]>();
      for (const { changes } of one.changes)
        for (const { collection, id } of changes)
          if (cache.use(collection, id)) unread.set(collection, [...(unread.get(collection) ?? []), id]);
      for (const [collection, ids] of unread) wanted.push({ building, view: beside, collection, ids });
      building.events += mine.length;
      return { building, one };
    });
    if (wanted.length > 0) {
      await writer.written();
      const { documents } = await viewStore.look([], wanted);
      for (const [at, { building, collection, ids }] of wanted.entries()) {
        const found = documents[at];
        const those = building.cache.entries.get(collection);
        takeLoaded(those, found);
        for (const id of ids) {
          const entry = those?.get(id);
          if (entry) entry.stored = found?.has(id) ?? false;
        }
      }
    }
    for (const { building, one } of asked) {
      fold(one, building.cache.entries);
      for (const [stream, why] of one.parked) building.parked.set(stream, why);
    }
  }

  async function readFor(these: readonly Building[], targets: Targets): Promise<void> {
    const readers = readersOf(these);
    for await (const events of chunks(these, targets)) {
      const mine = new Map<Building, StoredEvent[]>();
      for (const event of events)
        for (const building of readers(event.stream)) {
          const isWanted =
            building.careful === 'no' &&
            event.position > (building.reached ?? '') &&
            event.position <= (targets.get(building) ?? '');
          if (isWanted) mine.set(building, withEvent(mine.get(building), event));
        }
      await take(mine);
      tell(events);
      if (these.reduce((sum, { cache }) => sum + cache.size, 0) > kept)
        await writer.write(these.map((building) => [building, building.cache.evict(LEAVING)]));
      else if (writer.idle) await writer.write(these.map((building) => [building, building.cache.flush(EARLY)]));
    }
    for (const building of these) building.reached = targets.get(building);
  }

  function chunks(these: readonly Building[], targets: Targets): AsyncIterable<readonly StoredEvent[]> {
    const [first] = these.map(({ reached }) => reached ?? '').sort();
    const until = these
      .map((one) => targets.get(one) ?? '')
      .sort()
      .at(-1);
    const range = { streamPrefixes: prefixesOf(these), ...(first ? { after: first as Position } : {}) };
    return readAhead(eventStore.readAll(range), batch, ({ position }) => position <= (until ?? ''));
  }

  function tell(events: readonly StoredEvent[]): void {
    taken += events.length;
    const last = events.at(-1);
    if (last) onTaken(taken, last.position);
  }

  /** As the live projection would: each step with its checkpoint. From the start, the first time. */
  async function buildCarefully(building: Building, target: Position): Promise<void> {
    if (building.careful !== 'begun') {
      await viewStore.beginRebuild(building.live);
      building.cache.clear();
      building.parked.clear();
      Object.assign(building, { events: 0, reached: undefined, careful: 'begun' });
    }
    const step = async (events: readonly StoredEvent[], checkpoint: Position) => {
      const known = new Set(building.parked.keys());
      for (const one of await applyBatch(context, building.view, building.beside, events, checkpoint, known))
        building.parked.set(one.stream, one);
      building.events += events.length;
      building.reached = checkpoint;
    };
    for await (const events of chunks([building], new Map([[building, target]]))) {
      await step(events, events.at(-1)?.position ?? target);
      tell(events);
    }
    if ((building.reached ?? '') < target) await step([], target);
  }

  return {
    async buildUpTo(targets) {
      const behind = [...targets].filter(([{ reached }, target]) => (reached ?? '') < target).map(([one]) => one);
      const bulk = behind.filter(({ careful }) => careful === 'no');
      if (bulk.length > 0) await readFor(bulk, targets);
      for (const [building, target] of targets) if (building.careful !== 'no') await buildCarefully(building, target);
    },

    async settle(these) {
      await writer.write(these.map((building) => [building, building.cache.flush()]));
      await writer.written();
    },

    async finish(building) {
      const target = building.reached;
      await this.settle([building]);
      if (target !== undefined && building.careful === 'needed') await buildCarefully(building, target);
      if (target === undefined || building.careful !== 'no') return;
      const step = { writes: [...building.parked.values()].map(parkedWrite), checkpoint: target };
      await applyUnfenced(context, [{ view: building.beside, step }]);
      building.cache.clear();
    },
  };
}

function withEvent(before: StoredEvent[] | undefined, event: StoredEvent): StoredEvent[] {
  if (!before) return [event];
  before.push(event);
  return before;
}
