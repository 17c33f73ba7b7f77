import type { Keeping } from '#application/backup/keeping.js';
import type { CertificateFiles } from '#application/erasure/certificate-files.js';
import type { MemberExports } from '#application/member-export/member-exports.js';
import type { RetentionWork } from '#application/retention/retention-work.js';
import type { Alarm, Temoin } from '#application/temoin.js';
import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { PublicJwk } from '#evidence/signature.js';
import type { Instant } from '#kernel/time.js';
import type { Tracer } from '#ports/tracer/tracer.js';
import type { FaultLog } from './http/problem-filter.js';
import type { JournalIndex } from './queries/journal-index.js';
import type { MemberIndex } from './queries/member-index.js';

/** What the shell is a skin over. The composition root gives it; tests give the same with other stores and clock. */
export interface ServiceParts {
  readonly temoin: Temoin;
  /** Days, holidays and hours in Europe/Paris. */
  readonly civilTime: CivilTime;
  readonly memberIndex: MemberIndex;
  readonly journalIndex: JournalIndex;
  /** Copies of everything held on a member. */
  readonly memberExports: MemberExports;
  readonly proofs: Proofs;
  /** Backups; absent where nothing is kept on a disk of this machine. */
  readonly keeping?: Keeping;
  /** What is at the end of its period. */
  readonly retention: RetentionWork;
  /** Told of what a person should look at. */
  readonly onAlarm?: (alarm: Alarm) => void;
  /** Present in simulation mode only. @returns false when the moment is not after now */
  readonly moveClock?: (to: Instant) => boolean;
  /** The association's name, at the head of letters and of the page of a member. */
  readonly association?: string | undefined;
  /** The association's own telephone number, told to members in letters and on their page. */
  readonly phone?: string | undefined;
  readonly limits: ServiceLimits;
  readonly onFault: FaultLog;
  /** Figures for a monitoring system, in its text form, at `/metrics`; absent: the address does not exist. */
  readonly metrics?: () => Promise<{ readonly type: string; readonly text: string }>;
  /** Requests get a span; absent: nothing is traced. */
  readonly tracer?: Tracer;
  /** Told of every answered request: the operation and how it went, nothing of what was in it. */
  readonly onAnswer?: (answer: AnsweredRequest) => void;
}

/** Proof of what was erased. */
export interface Proofs {
  readonly certificates: Pick<CertificateFiles, 'read'>;
  readonly publicJwk: PublicJwk;
  /** Destructions that are decided and not through. */
  readonly unfinished: () => number;
}

export interface ServiceLimits {
  /** Bytes. */
  readonly bodyLimit: number;
  /** Requests a minute for one token; 0: no limit. */
  readonly rateLimit: number;
  /** Failed authentications a minute for one address before it has to wait. */
  readonly failedTokens: number;
  /** How long a request waits for a view to have seen a position, in milliseconds. Default: see `viewPatience`. */
  readonly viewPatienceMs?: number;
}

export interface AnsweredRequest {
  readonly correlationId: string;
  readonly method: string;
  /** The route as declared (`/api/v1/members/:memberId`), never the address as sent. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** Nest's name for the parts. */
export const PARTS = Symbol('ServiceParts');
