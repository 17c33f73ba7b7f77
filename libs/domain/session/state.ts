import type { Instant, LocalDate } from '#kernel/time.js';
import type { StrikeOut } from '../shared/strike-out.js';
import type {
  Answer,
  BackupAnswer,
  ConsentMode,
  ContestOutcome,
  CredentialMethod,
  InterruptionReason,
  Outcome,
  SecurityAdvice,
} from './codes.js';

export interface GivenConsent {
  readonly standing: 'given';
  readonly givenAt: Instant;
  readonly charterVersionId: string;
  readonly mode: ConsentMode;
  readonly authorise: boolean;
  /** The only day on which it counts. */
  readonly validOn: LocalDate;
  /** Of its ConsentGiven. */
  readonly eventId: string;
  /** Who collected it, else who recorded it. */
  readonly collectedBy: string;
}

export interface ConsentTakenBack {
  readonly standing: 'refused' | 'withdrawn';
  readonly at: Instant;
  /** What was given before. */
  readonly earlier: GivenConsent | undefined;
}

/** The member said of the consent that it is not exact. */
export interface Contest {
  readonly consentEventId: string;
  readonly at: Instant;
  /** Not cleared up yet: nothing starts and nothing is resumed. */
  readonly open: boolean;
  readonly outcome: ContestOutcome | undefined;
}

export interface OpenSegment {
  readonly from: Instant;
  readonly to: Instant | undefined;
}

export interface FlaggedDeviation {
  readonly deviationId: string;
  readonly code: string;
  readonly detail: string;
  readonly aboutId: string | undefined;
  readonly reviewed: boolean;
}

/** A version of the summary that was given out (8.2). */
export interface IssuedReport {
  readonly reportId: string;
  readonly reportVersion: number;
  readonly asOfRevision: number;
  readonly memberRevision: number;
  readonly htmlSha256: string;
  readonly issuedAt: Instant;
  readonly late: boolean;
}

export interface SessionState {
  /** `prepared`: consent or preparation only, nothing took place yet. */
  readonly status: 'none' | 'prepared' | 'running' | 'paused' | 'ended' | 'closed';
  readonly sessionId: string | undefined;
  readonly memberId: string | undefined;
  readonly requestId: string | undefined;
  readonly technicianId: string | undefined;
  readonly consent: GivenConsent | ConsentTakenBack | undefined;
  readonly contest: Contest | undefined;
  /** `closed`, `secretsTold`, `backup` as last answered, joined: to see a repetition. */
  readonly preparation: string | undefined;
  readonly startedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
  /** Active times; the last one is open while running. */
  readonly segments: readonly OpenSegment[];
  /** The version that the session is judged by, for ever. */
  readonly charterVersionId: string | undefined;
  /** By that version, or by the exceptional agreement; extensions come on top. */
  readonly allowedMinutes: number;
  readonly extensions: readonly { readonly extensionId: string; readonly minutes: number }[];
  readonly recordedAfterwards: boolean;
  /** Times without the member; the last one is open while the member is away. */
  readonly absences: readonly OpenSegment[];
  readonly interruption: InterruptionReason | undefined;
  /** After a stop for security: what was advised, and whether data may have been touched as last answered. */
  readonly securityAdvices: readonly SecurityAdvice[];
  readonly breachTriage: Answer | undefined;
  readonly backupAnswers: readonly { readonly at: Instant; readonly answer: BackupAnswer }[];
  readonly actions: readonly { readonly actionId: string; readonly performedAt: Instant }[];
  readonly noActionStated: boolean;
  /** Ids of notes and corrections taken down. */
  readonly entryIds: readonly string[];
  readonly problemRecorded: boolean;
  readonly stateBefore: boolean;
  readonly stateAfter: boolean;
  readonly recommendations: boolean;
  readonly credentials: readonly {
    readonly credentialId: string;
    readonly method: CredentialMethod;
    readonly confirmed: boolean;
  }[];
  readonly deviations: readonly FlaggedDeviation[];
  readonly followUps: readonly Instant[];
  /** As last answered, joined: to see a repetition. */
  readonly followUpAnswer: string | undefined;
  readonly outcome: Outcome | undefined;
  readonly strikeOuts: readonly StrikeOut[];
  /** The member asked for the summary and has not got it yet. */
  readonly reportAsked: { readonly at: Instant; readonly dueOn: LocalDate } | undefined;
  readonly reports: readonly IssuedReport[];
  /** Types of the stream's events by event id: a correction names one. */
  readonly eventTypes: Readonly<Record<string, string>>;
}

export const initialSession: SessionState = {
  status: 'none',
  sessionId: undefined,
  memberId: undefined,
  requestId: undefined,
  technicianId: undefined,
  consent: undefined,
  contest: undefined,
  preparation: undefined,
  startedAt: undefined,
  endedAt: undefined,
  segments: [],
  charterVersionId: undefined,
  allowedMinutes: 0,
  extensions: [],
  recordedAfterwards: false,
  absences: [],
  interruption: undefined,
  securityAdvices: [],
  breachTriage: undefined,
  backupAnswers: [],
  actions: [],
  noActionStated: false,
  entryIds: [],
  problemRecorded: false,
  stateBefore: false,
  stateAfter: false,
  recommendations: false,
  credentials: [],
  deviations: [],
  followUps: [],
  followUpAnswer: undefined,
  outcome: undefined,
  strikeOuts: [],
  reportAsked: undefined,
  reports: [],
  eventTypes: {},
};

/** A session that took control and has not given it back. */
export const isUnderWay = (state: SessionState): boolean => state.status === 'running' || state.status === 'paused';

/** A session that took place, or is taking place. */
export const hasBegun = (state: SessionState): boolean =>
  isUnderWay(state) || state.status === 'ended' || state.status === 'closed';

/** The consent that stands, else the one that was taken back. */
export const consentEverGiven = ({ consent }: SessionState): GivenConsent | undefined =>
  consent?.standing === 'given' ? consent : consent?.earlier;
