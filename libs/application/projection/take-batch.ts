import type { Position, StoredEvent } from '#ports/event-store/event-store.js';
import type { Wanted } from '#ports/view-store/view-store.js';
import { codeOf } from '../fault.js';
import { type ApplyContext, applyBatch, applyUnfenced } from './apply-batch.js';
import { type Asked, ask, decodedOnce, type Entries, entriesOf, fold, takeLoaded, writesOf } from './fold-batch.js';
import { parkedWrite } from './parked-streams.js';
import type { ParkedStream } from './reports.js';
import { isToBeKept, keptAt, parkedNow, type Track } from './track.js';

export interface Taken {
  /** Views that another process has put an older state in the place of: to be read again from their checkpoint. */
  readonly swapped: readonly Track[];
  readonly parked: readonly { readonly track: Track; readonly parked: ParkedStream }[];
}

interface Work {
  readonly track: Track;
  events: readonly StoredEvent[];
  asked: Asked;
  entries: Entries;
}

/**
 * One step of all views that follow together: each event decoded once, one look at the store and one write for all of them.
 * @param events of each view, in order; those that a view has taken already are left out
 * @throws FencedOff
 */
export async function takeBatch(
  context: ApplyContext,
  tracks: Iterable<Track>,
  events: ReadonlyMap<Track, readonly StoredEvent[]>,
  checkpoint: Position,
): Promise<Taken> {
  const { viewStore } = context;
  const decode = decodedOnce(context.decode);
  const askFor = (track: Track, given: readonly StoredEvent[]): Work => {
    const asked = ask(track.view, given, decode, (stream) => track.parked.has(stream));
    return { track, events: given, asked, entries: entriesOf(asked) };
  };
  const works: Work[] = [];
  for (const track of tracks) {
    const mine = events.get(track)?.filter(({ position }) => position > track.stored) ?? [];
    if (mine.length > 0 || isToBeKept(track, checkpoint)) works.push(askFor(track, mine));
  }
  if (works.length === 0) return { swapped: [], parked: [] };

  const wanted = works.flatMap(({ track, entries }) =>
    [...entries].map(([collection, those]): Wanted => ({ view: track.schema, collection, ids: [...those.keys()] })),
  );
  const { checkpoints, documents } = await viewStore.look(
    works.map(({ track }) => track.schema),
    wanted,
  );
  const swapped: Track[] = [];
  const going: Work[] = [];
  let at = 0;
  for (const [index, work] of works.entries()) {
    const { track } = work;
    const found = documents.slice(at, at + work.entries.size);
    at += work.entries.size;
    const collections = [...work.entries.keys()];
    const now = checkpoints[index] ?? '';
    if (now < track.stored) {
      swapped.push(track);
      continue;
    }
    if (now > track.stored) {
      // another process projects too
      track.parked = await parkedNow(viewStore, track);
      track.stored = now;
      const left = work.events.filter(({ position }) => position > now);
      Object.assign(work, askFor(track, left));
    }
    for (const [n, collection] of collections.entries()) takeLoaded(work.entries.get(collection), found[n]);
    fold(work.asked, work.entries);
    going.push(work);
  }
  const parked = await write(context, going, checkpoint);
  for (const { track } of going) keptAt(track, checkpoint);
  return { swapped, parked };
}

async function write(context: ApplyContext, works: readonly Work[], checkpoint: Position): Promise<Taken['parked']> {
  if (works.length === 0) return [];
  try {
    await applyUnfenced(
      context,
      works.map(({ track, asked, entries }) => ({
        view: track.schema,
        step: { writes: [...writesOf(entries), ...[...asked.parked.values()].map(parkedWrite)], checkpoint },
      })),
    );
    return works.flatMap(({ track, asked }) => [...asked.parked.values()].map((parked) => ({ track, parked })));
  } catch (error) {
    if (codeOf(error) !== 'invalid-write') throw error;
  }
  // one of them asks for what the store will not take: each view by itself, as if it were alone
  const found: { readonly track: Track; readonly parked: ParkedStream }[] = [];
  for (const { track, events } of works)
    for (const parked of await applyBatch(context, track.view, track.schema, events, checkpoint, track.parked))
      found.push({ track, parked });
  return found;
}
