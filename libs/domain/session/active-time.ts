import { type Instant, toEpochMilliseconds } from '#kernel/time.js';
import type { OpenSegment, SessionState } from './state.js';

/** Active time of the segments, an open one counted until `now`, in milliseconds (A3: pauses and cuts left out). */
export const activeMilliseconds = (segments: readonly OpenSegment[], now: Instant): number =>
  segments.reduce(
    (sum, { from, to }) => sum + Math.max(0, toEpochMilliseconds(to ?? now) - toEpochMilliseconds(from)),
    0,
  );

/** Whole minutes, seconds cut off. */
export const wholeMinutes = (milliseconds: number): number => Math.floor(milliseconds / 60_000);

/** The allowed active time with the extensions agreed so far, in minutes. */
export const allowedMinutes = (state: SessionState): number =>
  state.extensions.reduce((sum, extension) => sum + extension.minutes, state.allowedMinutes);

/** Active time still allowed, in milliseconds; negative once it is overrun. */
export const remainingMilliseconds = (state: SessionState, now: Instant): number =>
  allowedMinutes(state) * 60_000 - activeMilliseconds(state.segments, now);

export const opened = (list: readonly OpenSegment[], from: Instant): readonly OpenSegment[] => [
  ...list,
  { from, to: undefined },
];

export const closedAt = (list: readonly OpenSegment[], to: Instant): readonly OpenSegment[] =>
  list.map((one) => (one.to === undefined ? { from: one.from, to } : one));

/** The last moment at which the session's course changed: nothing that stops or resumes it comes before. */
export function lastTurn(state: SessionState): Instant | undefined {
  const last = state.segments.at(-1);
  return last === undefined ? undefined : (last.to ?? last.from);
}

export const isWithin = (list: readonly OpenSegment[], at: Instant): boolean =>
  list.some(({ from, to }) => from <= at && (to === undefined || at < to));
