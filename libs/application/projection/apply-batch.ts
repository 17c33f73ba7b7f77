import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Position, StoredEvent } from '#ports/event-store/event-store.js';
import type { Applied, Fence, ViewSchema, ViewStep, ViewStore } from '#ports/view-store/view-store.js';
import type { ViewDefinition } from '#views/view.js';
import { codeOf } from '../fault.js';
import { ask, entriesOf, fold, takeLoaded, writesOf } from './fold-batch.js';
import { faultOf, parkedWrite } from './parked-streams.js';
import type { ParkedStream } from './reports.js';

/** Somebody else holds the lease by now: whoever meets this stops projecting, and nothing was written. */
export class FencedOff extends Error {
  override readonly name = 'FencedOff';
  readonly code = 'fenced';
  constructor() {
    super('another process projects by now');
  }
}

export interface ApplyContext {
  readonly viewStore: ViewStore;
  readonly decode: (stored: StoredEvent) => AnySealedEvent;
  /** Absent: nobody else can be projecting. */
  readonly fence?: Fence | undefined;
}

/** @throws FencedOff */
export async function applyUnfenced(
  { viewStore, fence }: Pick<ApplyContext, 'viewStore' | 'fence'>,
  steps: readonly ViewStep[],
): Promise<readonly Applied[]> {
  const answers = await viewStore.applyAll(steps, fence);
  if (answers.includes('fenced')) throw new FencedOff();
  return answers;
}

/**
 * One step of one view. A document that the store will not take (`invalid-write`) does not hold up the others: the batch is
 * then taken event by event, and the stream of the event that asks for it is parked.
 * @throws FencedOff
 */
export async function applyBatch(
  context: ApplyContext,
  view: ViewDefinition,
  schema: ViewSchema,
  events: readonly StoredEvent[],
  checkpoint: Position,
  parkedBefore: ReadonlySet<string>,
): Promise<readonly ParkedStream[]> {
  const asked = ask(view, events, context.decode, (stream) => parkedBefore.has(stream));
  const entries = entriesOf(asked);
  for (const [collection, those] of entries)
    takeLoaded(those, await context.viewStore.load(schema, collection, [...those.keys()]));
  fold(asked, entries);
  const parked = [...asked.parked.values()];
  try {
    const step = { writes: [...writesOf(entries), ...parked.map(parkedWrite)], checkpoint };
    await applyUnfenced(context, [{ view: schema, step }]);
    return parked;
  } catch (error) {
    if (codeOf(error) !== 'invalid-write') throw error;
    const [only, ...others] = events;
    if (!only) throw error;
    if (others.length === 0) {
      const { stream, revision, position, type } = only;
      const refused = { stream, revision, position, type, fault: faultOf(error) };
      await applyUnfenced(context, [{ view: schema, step: { writes: [parkedWrite(refused)], checkpoint } }]);
      return [refused];
    }
  }
  const found: ParkedStream[] = [];
  const known = new Set(parkedBefore);
  for (const event of events) {
    for (const one of await applyBatch(context, view, schema, [event], event.position, known)) {
      known.add(one.stream);
      found.push(one);
    }
  }
  return found;
}
