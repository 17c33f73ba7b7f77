import type { EventStore, Position, StoredEvent } from '#ports/event-store/event-store.js';
import type { ViewSchema } from '#ports/view-store/view-store.js';
import type { ViewDefinition } from '#views/view.js';
import { applyBatch } from './apply-batch.js';
import { compareDocuments } from './compare-documents.js';
import type { ProjectorOptions } from './projector.js';
import type { Difference, ParkedStream, RebuildProgress, RebuildReport } from './reports.js';

const BATCH = 1000;
/** How much may be left to do while the live view stands still. */
const CLOSE = 2000;

export interface RebuildOptions extends Pick<ProjectorOptions, 'viewStore' | 'decode' | 'fence'> {
  readonly eventStore: EventStore;
  /** Runs a task while nothing is applied to the live view by this process. */
  readonly paused: <T>(task: () => Promise<T>) => Promise<T>;
  readonly onProgress: (progress: RebuildProgress) => void;
}

/**
 * Builds a view again from the log, beside the live one, up to the live one's own checkpoint; then, with the live one
 * standing still, compares document by document and swaps. Streams that were parked are taken in again, if they can be.
 *
 * The pause holds for this process alone. A projection in another process notices the swap at its next step and reads on
 * from the swapped checkpoint; to leave no race at all, rebuild in the process that projects.
 *
 * @param schema of the live view, with the runner's collection
 */
export async function rebuildView(
  view: ViewDefinition,
  schema: ViewSchema,
  options: RebuildOptions,
): Promise<RebuildReport> {
  const { viewStore, paused } = options;
  const started = performance.now();
  await viewStore.prepare(schema);
  const beside = await viewStore.beginRebuild(schema);
  const builder = builderOf(view, beside, options, started);
  try {
    for (let before = -1; builder.events - before > CLOSE; ) {
      before = Math.max(builder.events, 0);
      await builder.buildUpTo(await viewStore.checkpoint(schema));
    }
    return await paused(async () => {
      await builder.buildUpTo(await viewStore.checkpoint(schema));
      const differences: { collection: string; id: string; kind: Difference }[] = [];
      let documents = 0;
      for (const { name } of view.schema.collections) {
        const live = viewStore.scan(schema, name);
        for await (const one of compareDocuments(live, viewStore.scan(beside, name))) {
          documents += one.rebuilt ? 1 : 0;
          if (one.kind !== undefined) differences.push({ collection: name, id: one.id, kind: one.kind });
        }
      }
      await viewStore.swap(schema, beside);
      const seconds = (performance.now() - started) / 1000;
      const { events, parked } = builder;
      return { view: view.schema.name, events, documents, seconds, differences, parked };
    });
  } catch (error) {
    await viewStore.drop(beside).catch(() => undefined);
    throw error;
  }
}

function builderOf(view: ViewDefinition, beside: ViewSchema, options: RebuildOptions, started: number) {
  const { eventStore, viewStore, decode, fence, onProgress } = options;
  const parked: ParkedStream[] = [];
  const known = new Set<string>();
  let events = 0;
  let reached: Position | undefined;

  async function take(batch: readonly StoredEvent[], checkpoint: Position): Promise<void> {
    for (const one of await applyBatch({ viewStore, decode, fence }, view, beside, batch, checkpoint, known)) {
      known.add(one.stream);
      parked.push(one);
    }
    events += batch.length;
    reached = checkpoint;
    onProgress({ events, position: checkpoint, eventsPerSecond: (events * 1000) / (performance.now() - started) });
  }

  return {
    parked,
    get events() {
      return events;
    },
    /** Exactly up to there: the rebuilt view must never be ahead of the live one it is compared with. */
    async buildUpTo(checkpoint: Position | undefined): Promise<void> {
      if (checkpoint === undefined || (reached !== undefined && reached >= checkpoint)) return;
      let batch: StoredEvent[] = [];
      // one batch is written while the next one is read
      let writing: Promise<void> = Promise.resolve();
      const { streamPrefixes } = view;
      try {
        for await (const event of eventStore.readAll({
          streamPrefixes,
          ...(reached === undefined ? {} : { after: reached }),
        })) {
          if (event.position > checkpoint) break;
          batch.push(event);
          if (batch.length < BATCH) continue;
          await writing;
          writing = take(batch, event.position);
          // its failure is thrown where it is waited for, and meanwhile is nobody's to handle
          writing.catch(() => undefined);
          batch = [];
        }
      } finally {
        // nothing is under way any more when this is left, whatever ended the reading
        await writing;
      }
      await take(batch, checkpoint);
    },
  };
}
