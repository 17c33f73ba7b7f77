import { type Instant, plusMilliseconds, toEpochMilliseconds } from '#kernel/time.js';

/** How far the clock of whoever types may be ahead of ours: 2 minutes. */
export const clockSkewMs = 120_000;

/** A fact cannot be dated later than now, but for the skew of clocks. */
export const isBeyondNow = (at: Instant, now: Instant): boolean => at > plusMilliseconds(now, clockSkewMs);

/** What is recorded more than this after it happened is a late recording (A16). */
export const lateAfterMs = 24 * 3_600_000;
export const isRecordedLate = (at: Instant, recordedAt: Instant): boolean =>
  recordedAt > plusMilliseconds(at, lateAfterMs);

const minuteOf = (at: Instant): number => Math.floor(toEpochMilliseconds(at) / 60_000);

/** People type minutes: 09:30 is not before 09:30:20. */
export const isEarlierMinute = (at: Instant, than: Instant): boolean => minuteOf(at) < minuteOf(than);

export const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);
export const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other);
