import type { Sealed } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';

/** Connected time; without `to` the session is running. */
export interface Segment {
  readonly from: Instant;
  readonly to?: Instant;
}

/** Something noted during a session, with the event that noted it: a correction names that event. */
interface Noted {
  readonly eventId: string;
  readonly recordedAt: Instant;
}

export interface JournalState extends Noted {
  readonly at: Instant;
  /** True when an action had been recorded before it (2.2). */
  readonly late?: boolean;
  /** False: « non constaté », with why. */
  readonly observed: boolean;
  readonly state?: Sealed<string>;
  readonly notObservedReason?: string;
}

export interface JournalNote extends Noted {
  readonly entryId: string;
  readonly at: Instant;
  readonly text: Sealed<string>;
}

export interface JournalAction extends Noted {
  readonly actionId: string;
  readonly performedAt: Instant;
  readonly category: string;
  readonly riskClass: string;
  readonly description: Sealed<string>;
  readonly outOfScope: boolean;
}

export interface JournalDeviation {
  readonly deviationId: string;
  readonly code: string;
  readonly rule: string;
  readonly serious: boolean;
  readonly detail: string;
  readonly at: Instant;
  readonly flaggedAt: Instant;
  readonly reviewedAt?: Instant;
  readonly comment?: Sealed<string>;
}

/** The value first noted beside the one that corrects it; both stay visible to auditors (A16). */
export interface JournalCorrection extends Noted {
  readonly targetEventId: string;
  readonly field: string;
  readonly original: unknown;
  readonly corrected: Sealed<string>;
  readonly reason: string;
  readonly by: string;
}

/**
 * A text that was reported as holding what may not be kept. Once granted and carried out, the text itself answers
 * « erased » with its proof wherever it stood.
 */
export interface JournalStrikeOut {
  readonly strikeOutId: string;
  readonly targetEventId: string;
  readonly field: string;
  readonly reason: string;
  readonly requestedAt: Instant;
  readonly requestedBy: string;
  readonly decision?: 'granted' | 'refused';
  readonly decidedAt?: Instant;
  readonly decidedBy?: string;
}

/**
 * `prepared`: consent or preparation only, nothing took place; `ended`: over, its journal not complete yet; `closed`:
 * complete by the rules of 8.1.
 */
export type JournalStatus = 'prepared' | 'running' | 'paused' | 'ended' | 'closed';

/** One session as article 8.1 wants it kept: everything personal sealed, everything else readable. */
export interface JournalDocument {
  readonly sessionId: string;
  readonly memberId: string;
  readonly requestId?: string;
  readonly technicianId?: string;
  readonly revision: number;
  readonly status: JournalStatus;
  /** True when it took place without the software and was recorded later (A16). */
  readonly recordedAfterwards: boolean;
  readonly afterwardsReason?: string;
  /** When the start was recorded: beside `startedAt`, both are shown. */
  readonly recordedAt?: Instant;
  readonly charterVersionId?: string;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** Day of the start in Europe/Paris. */
  readonly localDay?: LocalDate;
  readonly segments: readonly Segment[];
  readonly activeMinutes?: number;
  readonly outcome?: string;
  readonly allowedMinutes?: number;
  readonly exceptional: boolean;
  readonly consent?: 'given' | 'refused' | 'withdrawn' | 'none' | 'before-start' | 'after-start';
  readonly toolName?: string;
  /** True: not the tool that the charter names (P.2). */
  readonly otherTool?: boolean;
  /** What was checked before the start (7.1 a–b): false is shown, never a bar. */
  readonly connectivityCheck?: boolean;
  readonly toolReady?: boolean;
  /** `unknown` only for a session recorded afterwards. */
  readonly linkEncrypted?: 'yes' | 'no' | 'unknown';
  readonly memberPresent?: 'yes' | 'no' | 'unknown';
  readonly problem?: Noted & { readonly problem: Sealed<string> };
  readonly categories: readonly string[];
  readonly stateBefore?: JournalState;
  readonly stateAfter?: JournalState;
  readonly backupAdvice: readonly (Noted & { readonly backupStatus: string; readonly adviceShown: boolean })[];
  readonly actions: readonly JournalAction[];
  readonly noAction?: Noted & { readonly reason: string };
  readonly diagnoses: readonly JournalNote[];
  readonly memberQuestions: readonly JournalNote[];
  readonly explanations: readonly JournalNote[];
  readonly recommendations?: Noted & { readonly none: boolean; readonly recommendations?: Sealed<readonly string[]> };
  readonly interruption?: Noted & {
    readonly at: Instant;
    readonly reason: string;
    readonly beyondCharter: boolean;
    readonly note?: Sealed<string>;
  };
  /** After a stop for security: advice, and whether data may have been touched (7.3 b). */
  readonly securityAdvice?: Noted & { readonly at: Instant; readonly advices: readonly string[] };
  readonly breachTriage?: Noted & { readonly at: Instant; readonly answer: string; readonly reason: Sealed<string> };
  /** The member said that the consent is not exact; `open` until it is cleared up (A2). */
  readonly consentContest?: Noted & {
    readonly at: Instant;
    readonly channel: string;
    readonly state: 'open' | 'confirmed' | 'not-exact';
    readonly remark?: Sealed<string>;
    readonly note?: Sealed<string>;
  };
  readonly extensions: readonly (Noted & { readonly at: Instant; readonly minutes: number })[];
  readonly presence: readonly { readonly at: Instant; readonly present: boolean }[];
  readonly credentials: readonly {
    readonly credentialId: string;
    readonly method: string;
    readonly at: Instant;
    readonly confirmedAt?: Instant;
  }[];
  readonly preparation?: { readonly closed: boolean; readonly secretsTold: boolean; readonly backup: string };
  readonly followUp?: {
    readonly passwordsChanged: string;
    readonly computerWorks: string;
    readonly adviceNoted: boolean;
  };
  /** Codes, for the filter; the details are in `deviationDetails`. */
  readonly deviations: readonly string[];
  readonly deviationDetails: readonly JournalDeviation[];
  readonly corrections: readonly JournalCorrection[];
  readonly strikeOuts: readonly JournalStrikeOut[];
}
