import type { EventStore, Position } from '#ports/event-store/event-store.js';
import type { ViewDefinition } from '#views/view.js';
import { applyUnfenced } from './apply-batch.js';
import { type Building, buildingOf } from './building.js';
import { withParkedStreams } from './parked-streams.js';
import type { ProjectorOptions } from './projector.js';
import { type PassSizes, rebuildPass, type Targets } from './rebuild-pass.js';
import type { Difference, RebuildProgress, RebuildReport } from './reports.js';
import { sameValue } from './same-value.js';
import { storedIds } from './stored-ids.js';

/** How much may be left to do while a live view stands still. */
const CLOSE = 2000;

export interface RebuildOptions extends Pick<ProjectorOptions, 'viewStore' | 'decode' | 'fence'> {
  readonly eventStore: EventStore;
  /** Runs a task while nothing is applied to the live view by this process. */
  readonly paused: <T>(view: string, task: () => Promise<T>) => Promise<T>;
  /** Has live views of this process store how far they are. */
  readonly keep: (views: readonly string[]) => Promise<void>;
  readonly onProgress: (progress: RebuildProgress) => void;
  readonly sizes?: PassSizes;
}

/**
 * Builds views again from the log, beside the live ones, up to their own checkpoints; then, one after the other and each
 * live one standing still, compares document by document and swaps. Streams that were parked are taken in again, if they can be.
 *
 * The pause holds for this process alone. A projection in another process notices the swap at its next step and reads on
 * from the swapped checkpoint; to leave no race at all, rebuild in the process that projects.
 */
export async function rebuildViews(
  views: readonly ViewDefinition[],
  options: RebuildOptions,
): Promise<readonly RebuildReport[]> {
  const { eventStore, viewStore, decode, fence, paused } = options;
  const started = performance.now();
  let events = 0;
  const onTaken = (taken: number, position: Position) => {
    events = taken;
    options.onProgress({ events, position, eventsPerSecond: (events * 1000) / (performance.now() - started) });
  };
  const pass = rebuildPass(eventStore, { viewStore, decode, fence }, onTaken, options.sizes);
  // one after the other: a server makes collections and indexes one at a time, and whoever waits for the last would give up
  const buildings: Building[] = [];
  const left = storedIds();
  for (const view of views) {
    const live = withParkedStreams(view.schema);
    await viewStore.prepare(live);
    buildings.push(buildingOf(view, live, await viewStore.beginRebuild(live), left));
  }
  const targetsOf = async (these: readonly Building[]): Promise<Targets> => {
    const { checkpoints } = await viewStore.look(
      these.map(({ live }) => live),
      [],
    );
    const known = these.map((one, at): [Building, Position | undefined] => [one, checkpoints[at]]);
    return new Map(known.filter((one): one is [Building, Position] => one[1] !== undefined));
  };
  const unswapped = new Set(buildings);
  try {
    await options.keep(views.map(({ schema }) => schema.name));
    for (let before = Number.NEGATIVE_INFINITY; events - before > CLOSE; ) {
      before = events;
      await pass.buildUpTo(await targetsOf(buildings));
    }
    await pass.settle(buildings);
    const reports: RebuildReport[] = [];
    for (const building of buildings)
      reports.push(
        await paused(building.view.schema.name, async () => {
          await pass.buildUpTo(await targetsOf([building]));
          await pass.finish(building);
          const compared = await compare(building);
          await stillOurs(building);
          await viewStore.swap(building.live, building.beside);
          unswapped.delete(building);
          const seconds = (performance.now() - started) / 1000;
          const parked = [...building.parked.values()];
          return { view: building.view.schema.name, events: building.events, seconds, parked, ...compared };
        }),
      );
    return reports;
  } catch (error) {
    for (const { beside } of unswapped) await viewStore.drop(beside).catch(() => undefined);
    throw error;
  }

  /** A lease lost during a long comparison: to swap would set back what its next holder has written. @throws FencedOff */
  async function stillOurs({ live, reached }: Building): Promise<void> {
    if (fence && reached !== undefined)
      await applyUnfenced({ viewStore, fence }, [{ view: live, step: { writes: [], checkpoint: reached } }]);
  }

  async function compare({ view, live, beside }: Building): Promise<Pick<RebuildReport, 'documents' | 'differences'>> {
    const differences: { collection: string; id: string; kind: Difference }[] = [];
    let documents = 0;
    for (const { name } of view.schema.collections)
      for await (const stretch of viewStore.compare(live, beside, name)) {
        documents += stretch.documents;
        for (const { id, live: one, rebuilt } of stretch.unlike) {
          const kind = one === undefined ? 'added' : rebuilt === undefined ? 'missing' : 'changed';
          if (kind !== 'changed' || !sameValue(one, rebuilt)) differences.push({ collection: name, id, kind });
        }
      }
    return { documents, differences };
  }
}
