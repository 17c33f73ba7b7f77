import type { Instant } from '#kernel/time.js';
import type { Answer, SecurityAdvice } from './codes.js';

/** What follows a stop for security (7.3 b). */
export type SecurityCommand =
  | {
      readonly type: 'RecordSecurityAdvice';
      readonly sessionId: string;
      readonly advices: readonly SecurityAdvice[];
      readonly at?: Instant;
    }
  /** May be answered anew when more is known. */
  | {
      readonly type: 'AnswerBreachTriage';
      readonly sessionId: string;
      readonly answer: Answer;
      readonly reason: string;
      /** When somebody of the association knew of it; left out: now. */
      readonly awareAt?: Instant;
    };
