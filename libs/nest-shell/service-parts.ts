import type { Temoin } from '#application/temoin.js';
import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { Instant } from '#kernel/time.js';
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
  /** Present in simulation mode only. @returns false when the moment is not after now */
  readonly moveClock?: (to: Instant) => boolean;
  readonly limits: ServiceLimits;
  readonly onFault: FaultLog;
  /** Told of every answered request: the operation and how it went, nothing of what was in it. */
  readonly onAnswer?: (answer: AnsweredRequest) => void;
}

export interface ServiceLimits {
  /** Bytes. */
  readonly bodyLimit: number;
  /** Requests a minute for one token; 0: no limit. */
  readonly rateLimit: number;
  /** Failed authentications a minute for one address before it has to wait. */
  readonly failedTokens: number;
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
