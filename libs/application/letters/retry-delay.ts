/** Attempts at a letter before it is to be printed. */
export const MOST_ATTEMPTS = 8;
const FIRST_DELAY_MS = 60_000;
const LONGEST_DELAY_MS = 6 * 3_600_000;

/** One, four, sixteen minutes… and never more than six hours between two attempts. */
export function delayAfter(attempt: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 4 ** Math.max(0, attempt - 1));
}
