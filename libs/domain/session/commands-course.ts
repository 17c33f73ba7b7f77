import type { Instant } from '#kernel/time.js';
import type { AfterwardsReason, Answer, ConsentMode, InterruptionReason, Outcome, PauseCause } from './codes.js';

/** Starts now: an act is allowed or refused before it happens. What happened already is RecordSessionAfterwards. */
export interface StartSession {
  readonly type: 'StartSession';
  readonly sessionId: string;
  readonly technicianId: string;
  readonly toolName: string;
  readonly toolSessionRef?: string;
  readonly linkEncrypted: boolean;
  readonly memberPresent: boolean;
  /** Answers of the pre-checks; an absent one is refused, a negative one is recorded. */
  readonly connectivityCheck?: boolean;
  readonly toolReady?: boolean;
  /** As reported: the request's own text is sealed to the decider. */
  readonly problem: string;
}

/** A session that took place without the software or against the rules: always recordable. */
export interface RecordSessionAfterwards {
  readonly type: 'RecordSessionAfterwards';
  readonly sessionId: string;
  /** Needed when the session has no request. */
  readonly memberId?: string;
  /** Links a session without appointment (an id without dot) to its request. */
  readonly requestId?: string;
  readonly technicianId: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** Active times, in order; left out: one from start to end. */
  readonly segments?: readonly { readonly from: Instant; readonly to: Instant }[];
  readonly problem: string;
  readonly reason: AfterwardsReason;
  /** Left out: the consent recorded for this session in the software, or none. */
  readonly consent?: { readonly mode: ConsentMode; readonly givenAt: Instant; readonly charterVersionId?: string };
  readonly memberPresent: Answer;
  readonly linkEncrypted: Answer;
  readonly toolName?: string;
  readonly toolSessionRef?: string;
}

export type CourseCommand =
  | StartSession
  | RecordSessionAfterwards
  | { readonly type: 'PauseSession'; readonly sessionId: string; readonly cause: PauseCause; readonly at?: Instant }
  | {
      readonly type: 'ResumeSession';
      readonly sessionId: string;
      readonly memberPresent: boolean;
      readonly at?: Instant;
    }
  | { readonly type: 'AttestPresence'; readonly sessionId: string; readonly at?: Instant }
  /** Pauses a running session. */
  | { readonly type: 'ReportPresenceLost'; readonly sessionId: string; readonly at?: Instant }
  /** Before the allowed time is used up; later it is refused and the overrun will be flagged. */
  | {
      readonly type: 'AgreeExtension';
      readonly sessionId: string;
      readonly extensionId: string;
      readonly minutes: number;
      readonly memberAccepted: boolean;
    }
  /** The member's STOP: any moment, no reason. */
  | { readonly type: 'StopSession'; readonly sessionId: string; readonly at?: Instant }
  | {
      readonly type: 'InterruptSession';
      readonly sessionId: string;
      readonly reason: InterruptionReason;
      readonly note?: string;
      readonly at?: Instant;
    }
  | { readonly type: 'EndSession'; readonly sessionId: string; readonly at?: Instant }
  | { readonly type: 'CloseSession'; readonly sessionId: string; readonly outcome: Outcome };
