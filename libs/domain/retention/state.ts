import type { LocalDate } from '#kernel/time.js';

export interface RetentionState {
  /** Days whose run is through, the latest {@link DAYS_KEPT} of them, oldest first. */
  readonly days: readonly LocalDate[];
}

export const initialRetention: RetentionState = { days: [] };

export const DAYS_KEPT = 800;

/** One run for each day in Paris: the same day again is the same run. */
export const runIdOf = (day: LocalDate): string => `retention-${day}`;

export const isThrough = (state: RetentionState, day: LocalDate): boolean => state.days.includes(day);
