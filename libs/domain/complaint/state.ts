import type { Instant, LocalDate } from '#kernel/time.js';
import type { ComplaintOutcome } from './codes.js';

export interface Proposal {
  readonly proposalId: string;
  readonly answer: 'agreed' | 'declined' | undefined;
}

export interface ComplaintCase {
  readonly complaintId: string;
  readonly memberId: string;
  readonly sessionIds: readonly string[];
  /** When those of them that took place ended. */
  readonly endings: readonly { readonly sessionId: string; readonly endedAt: Instant }[];
  readonly requestIds: readonly string[];
  /** Staff complained of, and who ran the sessions. */
  readonly concerned: readonly string[];
  readonly concernsDirector: boolean;
  /** Last days told to the member; a later change of the calendar does not move them. */
  readonly acknowledgeBy: LocalDate | undefined;
  readonly proposeBy: LocalDate | undefined;
  readonly mediatorFrom: LocalDate | undefined;
  readonly mediatorUntil: LocalDate | undefined;
  /** The mediator’s clocks wait for a complaint in writing. */
  readonly toBeWritten: boolean;
  readonly acknowledged: boolean;
  readonly inquirerId: string | undefined;
  readonly reports: readonly string[];
  /** Since the case was last opened. */
  readonly qualified: boolean;
  readonly proposals: readonly Proposal[];
  /** A proposal was made since the case was last opened. */
  readonly proposed: boolean;
  readonly disclosures: readonly string[];
  readonly ended: 'withdrawn' | 'closed' | undefined;
  readonly outcome: ComplaintOutcome | undefined;
  /** 1 when filed, one more at each reopening. */
  readonly opening: number;
}

export type ComplaintState = ComplaintCase | undefined;
export const initialComplaint: ComplaintState = undefined;

export const pendingProposal = (state: ComplaintCase): Proposal | undefined =>
  state.proposals.find((one) => one.answer === undefined);

/** The hold that an opening of a case places: known beforehand, so that placing it again places nothing. */
export const holdIdOf = (complaintId: string, opening: number): string => `${complaintId}.h${opening}`;

/**
 * What a dispute needs: the sessions concerned with the requests that they came of (scope, no-go zones), and the complaint
 * itself.
 */
export const disputedCells = ({
  memberId,
  complaintId,
  sessionIds,
  requestIds,
}: Pick<ComplaintCase, 'memberId' | 'complaintId' | 'sessionIds' | 'requestIds'>): readonly string[] => [
  ...sessionIds.map((sessionId) => `${memberId}/session:${sessionId}`),
  ...requestIds.map((requestId) => `${memberId}/request:${requestId}`),
  `${memberId}/complaint:${complaintId}`,
];
