import type { Position } from '#ports/event-store/event-store.js';
import type { ViewSchema, ViewStore } from '#ports/view-store/view-store.js';
import type { ViewDefinition } from '#views/view.js';
import { readParkedStreams, withParkedStreams } from './parked-streams.js';
import { type Progress, progress } from './progress.js';

/** One view as its projection follows it. */
export interface Track {
  readonly view: ViewDefinition;
  /** The view's schema with the runner's own collection. */
  readonly schema: ViewSchema;
  readonly progress: Progress;
  /** False while a store cannot be reached. */
  running: boolean;
  parked: Set<string>;
  /** The checkpoint that was seen stored last; empty before the first one. Compares as text. */
  stored: string;
  /** Since when, and since how many events of others, nothing was stored: a restart looks at that stretch again. */
  quietSince: number;
  passed: number;
}

export const trackOf = (view: ViewDefinition): Track => ({
  view,
  schema: withParkedStreams(view.schema),
  progress: progress(),
  running: false,
  parked: new Set(),
  stored: '',
  quietSince: 0,
  passed: 0,
});

/** A view of quiet streams keeps how far it looked this often. */
const KEEP_QUIET_MS = 10_000;
const KEEP_PASSED = 5000;
export const isToBeKept = (track: Track, checkpoint: Position): boolean =>
  checkpoint > track.stored && (performance.now() - track.quietSince > KEEP_QUIET_MS || track.passed > KEEP_PASSED);

export function keptAt(track: Track, checkpoint: Position): void {
  if (checkpoint > track.stored) track.stored = checkpoint;
  track.quietSince = performance.now();
  track.passed = 0;
}

export const parkedNow = async (viewStore: ViewStore, track: Track): Promise<Set<string>> =>
  new Set((await readParkedStreams(viewStore, track.schema)).map(({ stream }) => stream));

/** Reads where each view stands in the store. All at once: the calls travel together. */
export async function findTracks(viewStore: ViewStore, tracks: readonly Track[]): Promise<void> {
  await Promise.all(tracks.map(({ schema }) => viewStore.prepare(schema)));
  const [{ checkpoints }, parked] = await Promise.all([
    viewStore.look(
      tracks.map(({ schema }) => schema),
      [],
    ),
    Promise.all(tracks.map((track) => parkedNow(viewStore, track))),
  ]);
  for (const [at, track] of tracks.entries()) {
    track.stored = checkpoints[at] ?? '';
    track.parked = parked[at] ?? new Set();
    track.quietSince = performance.now();
    track.passed = 0;
    track.progress.reset(checkpoints[at]);
    track.running = true;
  }
}
