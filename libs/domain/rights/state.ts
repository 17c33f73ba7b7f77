import type { Instant, LocalDate } from '#kernel/time.js';
import type { RightsDecision, RightsKind } from './events.js';

export interface RightsCase {
  readonly rightsId: string;
  readonly memberId: string;
  readonly kind: RightsKind;
  readonly receivedAt: Instant;
  readonly concernsDirector: boolean;
  /** Last day for the answer, until 24:00 in Paris; told to the member, so a later closing day does not move it. */
  readonly dueOn: LocalDate;
  readonly extended: boolean;
  readonly identityChecked: boolean;
  readonly decision: RightsDecision | undefined;
  /** Cells that the decision condemns. */
  readonly erase: readonly string[];
  /** Destructions that it leads to: one, and one more for each part beyond what an event lists. */
  readonly destructions: number;
  /** Something is kept for a dispute (GDPR 17(3)(e)). */
  readonly keepsForClaims: boolean;
  readonly answered: boolean;
  readonly ended: 'withdrawn' | 'closed' | undefined;
}

export type RightsState = RightsCase | undefined;
export const initialRights: RightsState = undefined;
