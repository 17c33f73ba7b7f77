import type { Instant } from '#kernel/time.js';

export const letterStandings = ['waiting', 'sending', 'delayed', 'sent', 'to-print', 'printed', 'abandoned'] as const;
export type LetterStanding = (typeof letterStandings)[number];

export type LetterState =
  | {
      readonly letterId: string;
      readonly memberId: string;
      /** Event or case that asked for it. */
      readonly causeId: string;
      readonly sessionId: string | undefined;
      readonly standing: LetterStanding;
      /** Attempts that were begun. */
      readonly attempts: number;
      readonly nextAt: Instant | undefined;
    }
  | undefined;
export const initialLetter: LetterState = undefined;
