import type { Instant } from '#kernel/time.js';
import type { ConsentChannel, ContestOutcome } from './codes.js';

/** The member says that a consent was not recorded as it was given. A fact: hardly ever refused. */
export interface ContestConsent {
  readonly type: 'ContestConsent';
  readonly sessionId: string;
  readonly channel: ConsentChannel;
  readonly at?: Instant;
  /** The ConsentGiven that the member was shown; left out: the one that stands. */
  readonly consentEventId?: string;
  /** The letter whose link was used. */
  readonly letterId?: string;
  readonly remark?: string;
}

export type ContestCommand =
  | ContestConsent
  /** For a session that has begun; before, a new consent or a withdrawal settles it. */
  | {
      readonly type: 'SettleContest';
      readonly sessionId: string;
      readonly outcome: ContestOutcome;
      readonly note: string;
    };
