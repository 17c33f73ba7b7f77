import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Position, StoredEvent } from '#ports/event-store/event-store.js';
import type { Fence, Step, ViewSchema, ViewStore } from '#ports/view-store/view-store.js';
import type { ViewDefinition } from '#views/view.js';
import { codeOf } from '../fault.js';
import { foldBatch } from './fold-batch.js';
import { faultOf, parkedWrite } from './parked-streams.js';
import type { ParkedStream } from './reports.js';

/** Somebody else holds the lease by now: whoever meets this stops projecting, and nothing was written. */
export class FencedOff extends Error {
  override readonly name = 'FencedOff';
  readonly code = 'fenced';
}

export interface ApplyContext {
  readonly viewStore: ViewStore;
  readonly decode: (stored: StoredEvent) => AnySealedEvent;
  /** Absent: nobody else can be projecting. */
  readonly fence?: Fence | undefined;
}

/**
 * One step. A document that the store will not take (`invalid-write`) does not hold up the others: the batch is then taken
 * event by event, and the stream of the event that asks for it is parked.
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
  const { viewStore, decode, fence } = context;
  const apply = async (step: Step): Promise<void> => {
    if ((await viewStore.apply(schema, { ...step, ...(fence ? { fence } : {}) })) === 'fenced')
      throw new FencedOff('another process projects by now');
  };
  const load = (collection: string, ids: readonly string[]) => viewStore.load(schema, collection, ids);
  const { writes, parked } = await foldBatch(view, events, decode, load, parkedBefore);
  try {
    await apply({ writes: [...writes, ...parked.map(parkedWrite)], checkpoint });
    return parked;
  } catch (error) {
    if (codeOf(error) !== 'invalid-write') throw error;
    const [only, ...others] = events;
    if (!only) throw error;
    if (others.length === 0) {
      const { stream, revision, position, type } = only;
      const refused = { stream, revision, position, type, fault: faultOf(error) };
      await apply({ writes: [parkedWrite(refused)], checkpoint });
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
