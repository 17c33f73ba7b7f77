import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Delivery, EventStore, Position, StoredEvent } from '#ports/event-store/event-store.js';
import type { Fence, ViewStore } from '#ports/view-store/view-store.js';
import type { ViewDefinition } from '#views/view.js';
import { codeOf, rootOf } from '../fault.js';
import { serially } from '../serially.js';
import { sleep } from '../sleep.js';
import { applyUnfenced, FencedOff } from './apply-batch.js';
import { batches } from './batches.js';
import { endingOnFailure } from './ending-on-failure.js';
import { laggardsOf } from './laggards.js';
import { faultOf } from './parked-streams.js';
import type { Progress } from './progress.js';
import { prefixesOf, readersOf } from './readers.js';
import type { Alarm } from './reports.js';
import { takeBatch } from './take-batch.js';
import { findTracks, keptAt, type Track, trackOf } from './track.js';

export interface ProjectorOptions {
  readonly eventStore: EventStore;
  readonly viewStore: ViewStore;
  readonly decode: (stored: StoredEvent) => AnySealedEvent;
  readonly onAlarm: (alarm: Alarm) => void;
  /** The lease under which this process projects; absent: nobody else can be. */
  readonly fence?: Fence | undefined;
  /** Another process holds the lease by now: this projector has stopped. */
  readonly onFenced?: () => void;
}

/** Keeps views up to date, from their checkpoints, for as long as it is not stopped. */
export interface Projector {
  /** @returns undefined for a view that it does not keep */
  find(view: string): FollowedView | undefined;
  /** Stores how far views are that had nothing to store: what was looked at in vain is not looked at again. */
  keep(views: readonly string[]): Promise<void>;
  /** Runs a task while nothing is applied to the view; the others go on. It is read again from its checkpoint afterwards. */
  paused<T>(view: string, task: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}
export interface FollowedView {
  readonly progress: Progress;
  /** False while a store cannot be reached. */
  readonly running: boolean;
  readonly parkedCount: number;
}

/** What one person did is applied at once; of what many do at the same time, what came within some milliseconds goes together. */
const BATCH = { max: 500, lingerMs: 20, everyMs: 5 };
const BACKOFF = { firstMs: 50, mostMs: 5000 };
/** Above every position: nobody has caught up with a group that does not know yet where it stands. */
const NOWHERE = '\uffff';

/** Views that are read together: one subscription, one decoding, one write. */
interface Group {
  readonly tracks: Set<Track>;
  /** Up to here everything was given to its views. */
  reached: string;
  leave: AbortController;
}

/**
 * All views that stand near the end of the log are followed together. One that is far behind (a new version, one that was
 * just rebuilt) is read by itself, so that it holds up nobody, and joins the others when it has caught up with them.
 */
export function startProjector(views: readonly ViewDefinition[], options: ProjectorOptions): Projector {
  const { eventStore, viewStore, onAlarm, fence } = options;
  const context = { viewStore, decode: options.decode, fence };
  const tracks = new Map(views.map((view) => [view.schema.name, trackOf(view)]));
  const readers = readersOf([...tracks.values()]);
  const inTurn = serially();
  const stopping = new AbortController();
  const groups = new Map<Group, Promise<void>>();
  const groupOf = (those: Iterable<Track>): Group => ({
    tracks: new Set(those),
    reached: NOWHERE,
    leave: new AbortController(),
  });
  const lead = groupOf(tracks.values());
  const start = (group: Group) => {
    if (!stopping.signal.aborted)
      groups.set(
        group,
        run(group).finally(() => groups.delete(group)),
      );
  };
  const alone = (those: readonly Track[]) => {
    for (const track of those) for (const group of groups.keys()) group.tracks.delete(track);
    if (those.length > 0) start(groupOf(those));
  };

  /** @returns false when the group ends: it has no view left, or has caught up with the others */
  async function step(group: Group, from: AbortSignal, deliveries: readonly Delivery[]): Promise<boolean> {
    const last = deliveries.at(-1);
    const checkpoint = last?.kind === 'event' ? last.event.position : last?.position;
    if (checkpoint === undefined) return true;
    if (from.aborted || stopping.signal.aborted) return false;
    const events = new Map<Track, StoredEvent[]>();
    for (const one of deliveries) {
      if (one.kind !== 'event') continue;
      for (const track of readers(one.event.stream)) {
        if (!group.tracks.has(track)) continue;
        const known = events.get(track);
        if (known) known.push(one.event);
        else events.set(track, [one.event]);
      }
    }
    for (const track of group.tracks) track.passed += deliveries.length;
    const { swapped, parked } = await takeBatch(context, group.tracks, events, checkpoint);
    for (const { track, parked: one } of parked) {
      track.parked.add(one.stream);
      onAlarm({ kind: 'stream-parked', view: track.view.schema.name, parked: one });
    }
    group.reached = checkpoint;
    alone(swapped);
    for (const track of group.tracks) track.progress.reach(checkpoint);
    return !joins(group);
  }

  /** Whether the group is at an end: what is left of it goes on with the lead. */
  function joins(group: Group): boolean {
    if (group === lead) return false;
    if (group.tracks.size === 0) return true;
    if (group.reached < lead.reached) return false;
    for (const track of group.tracks) lead.tracks.add(track);
    group.tracks.clear();
    return true;
  }

  /** Where the group's reading starts. */
  async function begin(group: Group): Promise<Position | undefined> {
    await findTracks(viewStore, [...group.tracks]);
    if (group === lead) alone(await laggardsOf(eventStore, [...group.tracks]));
    const [first] = [...group.tracks].map(({ stored }) => stored).sort();
    const after = first === undefined ? ((await eventStore.head()) ?? '') : first;
    group.reached = after;
    return after === '' ? undefined : (after as Position);
  }

  /** Ends when it is stopped or when the group is at its end. */
  async function follow(group: Group): Promise<void> {
    const leave = new AbortController();
    group.leave = leave;
    const ended = await inTurn('step', async () => {
      if (group !== lead && group.tracks.size === 0) return true;
      const after = await begin(group);
      return joins(group) || { after };
    });
    if (ended === true) return;
    const { after } = ended;
    const source = eventStore.subscribe({
      streamPrefixes: prefixesOf(group === lead ? [...tracks.values()] : [...group.tracks]),
      signal: AbortSignal.any([stopping.signal, leave.signal]),
      ...(after === undefined ? {} : { after }),
    });
    // Whatever ends the loop must end the subscription first: it may be waiting for an event that never comes.
    for await (const batch of batches(source, BATCH)) {
      const goOn =
        !stopping.signal.aborted &&
        (await endingOnFailure(leave, () => inTurn('step', () => step(group, leave.signal, batch))));
      if (!goOn) return;
    }
    if (!stopping.signal.aborted && !leave.signal.aborted) await sleep(BACKOFF.firstMs, stopping.signal);
  }

  async function run(group: Group): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted && (group === lead || group.tracks.size > 0); ) {
      const before = group.reached;
      try {
        await follow(group);
        failures = 0;
      } catch (error) {
        if (stopping.signal.aborted) break;
        for (const track of group.tracks) track.running = false;
        if (error instanceof FencedOff) {
          stopping.abort();
          options.onFenced?.();
          break;
        }
        if (group.reached !== before) failures = 0;
        group.reached = NOWHERE;
        const retryInMs = Math.min(BACKOFF.mostMs, BACKOFF.firstMs * 2 ** failures);
        failures = Math.min(failures + 1, 10);
        const code = codeOf(error) ?? faultOf(error);
        for (const { view } of group.tracks)
          onAlarm({ kind: 'projection-unavailable', view: view.schema.name, code, root: rootOf(error), retryInMs });
        await sleep(retryInMs, stopping.signal);
      }
    }
    for (const track of group.tracks) track.running = false;
  }
  start(lead);

  async function keep(those: readonly Track[]): Promise<void> {
    const quiet = those.flatMap((track) => {
      const { position } = track.progress;
      return position !== undefined && position > track.stored ? [{ track, position }] : [];
    });
    if (quiet.length === 0) return;
    await applyUnfenced(
      context,
      quiet.map(({ track, position }) => ({ view: track.schema, step: { writes: [], checkpoint: position } })),
    );
    for (const { track, position } of quiet) keptAt(track, position);
  }

  return {
    find(name) {
      const track = tracks.get(name);
      return track && { progress: track.progress, running: track.running, parkedCount: track.parked.size };
    },

    keep: (names) => inTurn('step', () => keep(names.flatMap((name) => tracks.get(name) ?? []))),

    async paused(name, task) {
      const track = tracks.get(name);
      if (!track) throw new TypeError(`the view « ${name} » is not followed here`);
      await inTurn('step', async () => {
        await keep([track]);
        for (const group of groups.keys())
          if (group.tracks.delete(track) && group !== lead && group.tracks.size === 0) group.leave.abort();
      });
      try {
        return await task();
      } finally {
        start(groupOf([track]));
      }
    },

    async stop() {
      stopping.abort();
      while (groups.size > 0) await Promise.all(groups.values());
    },
  };
}
