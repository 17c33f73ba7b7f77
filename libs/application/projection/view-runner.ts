import type { AnySealedEvent } from '#kernel/define-event.js';
import type { EventStore, Position, StoredEvent } from '#ports/event-store/event-store.js';
import type { Fence, ViewStore } from '#ports/view-store/view-store.js';
import type { AsOf, ViewDefinition } from '#views/view.js';
import { codeOf, TemoinError } from '../fault.js';
import type { Ownership } from '../lease/ownership.js';
import { serially } from '../serially.js';
import { readParkedStreams, withParkedStreams } from './parked-streams.js';
import { nothingBetween } from './progress.js';
import { type FollowedView, type Projector, startProjector } from './projector.js';
import { rebuildViews } from './rebuild-views.js';
import type { Alarm, ParkedStream, RebuildProgress, RebuildReport, ViewLag } from './reports.js';

export interface ViewRunnerOptions {
  readonly eventStore: EventStore;
  readonly viewStore: ViewStore;
  readonly decode: (stored: StoredEvent) => AnySealedEvent;
  readonly views: readonly ViewDefinition[];
  /** False: another process projects; this one looks at checkpoints. */
  readonly project: boolean;
  /** This process projects for as long as it is the owner. Absent: it is the only one. */
  readonly ownership?: Ownership | undefined;
  readonly onAlarm: (alarm: Alarm) => void;
}

/** All views of this process: their projections, how far they are, and their rebuilding. */
export interface ViewRunner {
  waitFor(view: string, position: string, timeoutMs: number): Promise<boolean>;
  asOf(view: string): Promise<AsOf>;
  /** @param head of the log, as just read */
  lag(head: Position | undefined): Promise<readonly ViewLag[]>;
  /** One pass over the log for all of them. */
  rebuild(
    views: readonly string[],
    onProgress?: (progress: RebuildProgress) => void,
  ): Promise<readonly RebuildReport[]>;
  parked(view: string): Promise<readonly ParkedStream[]>;
  stop(): Promise<void>;
}

/** Before the first look at a view that another process keeps; between two looks at one that seems to stand still. */
const FIRST_LOOK_MS = 15;
const NEXT_LOOK_MS = 60;
/** A process that starts is the owner within this time, unless another one stays it. */
const OWNED_WITHIN_MS = 5000;

export async function viewRunner(options: ViewRunnerOptions): Promise<ViewRunner> {
  const { eventStore, viewStore, views, project } = options;
  const known = new Map(views.map((one) => [one.schema.name, one]));
  if (known.size !== views.length) throw new TypeError('two views have the same name');
  await Promise.all(views.map(({ schema }) => viewStore.prepare(withParkedStreams(schema))));
  let projector: Projector | undefined;
  if (project) await dropViewsOfAnotherLog(options);
  const startAll = (fence?: Fence) => {
    const onFenced = () => fence && options.ownership?.lost(fence);
    projector = startProjector(views, { ...options, fence, onFenced });
  };
  const stopAll = async () => {
    const running = projector;
    projector = undefined;
    await running?.stop();
  };
  const followed = (name: string): FollowedView | undefined => projector?.find(name);
  let leave = stopAll;
  if (project && options.ownership)
    leave = options.ownership.whileHeld((fence) => {
      startAll(fence);
      return stopAll;
    });
  else if (project) startAll();
  const behindSince = new Map<string, number>();
  const inTurn = serially();

  const find = (name: string): ViewDefinition => {
    const found = known.get(name);
    if (!found) throw new TemoinError('unknown-view', `there is no view « ${name} »`);
    return found;
  };
  const positionOf = async (view: ViewDefinition): Promise<Position | undefined> => {
    const here = followed(view.schema.name);
    return here ? here.progress.position : viewStore.checkpoint(withParkedStreams(view.schema));
  };
  /** True when everything up to `position` is in the view, or nothing between here and there concerns it. */
  const isTrueUpTo = async (view: ViewDefinition, position: string): Promise<boolean> => {
    const reached = await positionOf(view);
    if (reached !== undefined && reached >= position) return true;
    if (!(await nothingBetween(eventStore, view, reached, position))) return false;
    followed(view.schema.name)?.progress.reach(position as Position);
    return true;
  };

  async function lagOf(view: ViewDefinition, head: Position | undefined): Promise<ViewLag> {
    const { name } = view.schema;
    const here = followed(name);
    const caughtUp = head === undefined || (await isTrueUpTo(view, head));
    if (caughtUp) behindSince.delete(name);
    else if (!behindSince.has(name)) behindSince.set(name, performance.now());
    const since = behindSince.get(name);
    return {
      view: name,
      applied: await positionOf(view),
      head,
      caughtUp,
      behindMs: since === undefined ? 0 : Math.round(performance.now() - since),
      parked: here ? here.parkedCount : (await parkedOf(name)).length,
      running: here ? here.running : true,
    };
  }
  /** @throws TemoinError `not-projecting` another process is the owner, and stays it */
  async function whenProjecting(): Promise<Projector> {
    for (const until = performance.now() + OWNED_WITHIN_MS; ; ) {
      if (projector) return projector;
      if (performance.now() > until)
        throw new TemoinError('not-projecting', 'another process projects the views: only that one can rebuild them');
      await new Promise((resolve) => setTimeout(resolve, NEXT_LOOK_MS));
    }
  }
  const parkedOf = (name: string) => readParkedStreams(viewStore, withParkedStreams(find(name).schema));

  return {
    async waitFor(name, position, timeoutMs) {
      const view = find(name);
      const until = performance.now() + timeoutMs;
      for (let looks = 0; ; looks += 1) {
        const left = until - performance.now();
        const here = followed(name);
        // one that is kept here says itself how far it is; to look costs the log a question for each who waits
        const lookMs = here || looks > 0 ? NEXT_LOOK_MS : FIRST_LOOK_MS;
        if (here) await here.progress.wait(position, Math.max(0, Math.min(left, lookMs)));
        try {
          if (await isTrueUpTo(view, position)) return true;
        } catch (error) {
          if (codeOf(error) !== 'unavailable') throw error;
        }
        if (performance.now() >= until) return false;
        if (!here) await new Promise((resolve) => setTimeout(resolve, Math.max(1, Math.min(left, lookMs))));
      }
    },

    asOf: async (name) => ({ position: await positionOf(find(name)) }),

    lag: (head) => Promise.all(views.map((view) => lagOf(view, head))),

    async rebuild(names, onProgress = () => undefined) {
      const wanted = [...new Set(names)].map(find);
      const here = project ? await whenProjecting() : undefined;
      const fence = options.ownership?.fence;
      const { paused, keep } = here ?? standingStill;
      // two at once would build in the same place
      return inTurn('rebuild', () => rebuildViews(wanted, { ...options, fence, paused, keep, onProgress }));
    },

    async parked(name) {
      return parkedOf(name);
    },

    stop: () => leave(),
  };
}

/** Where this process does not project. */
const standingStill: Pick<Projector, 'paused' | 'keep'> = { paused: (_, task) => task(), keep: async () => undefined };

/** Between two looks at a head that seems to lie behind: a server that lags catches up meanwhile. */
const SECOND_LOOK_MS = 1000;

/**
 * A view that has seen further than the log reaches was made from another log: events were restored from an older backup.
 * It is dropped, and projected again from the start; otherwise it would pass over what is written from now on.
 */
async function dropViewsOfAnotherLog({ eventStore, viewStore, views }: ViewRunnerOptions): Promise<void> {
  const ahead = async () => {
    const head = await eventStore.head();
    const found: ViewDefinition[] = [];
    for (const view of views) {
      const checkpoint = await viewStore.checkpoint(withParkedStreams(view.schema));
      if (checkpoint !== undefined && (head === undefined || checkpoint > head)) found.push(view);
    }
    return found;
  };
  if ((await ahead()).length === 0) return;
  await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS));
  for (const { schema } of await ahead()) {
    await viewStore.drop(withParkedStreams(schema));
    await viewStore.prepare(withParkedStreams(schema));
  }
}
