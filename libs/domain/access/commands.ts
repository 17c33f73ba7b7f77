import type { Instant } from '#kernel/time.js';

/** Sent by the shell whenever a member's file is read; the answer is given only once this is recorded. */
export interface RecordConsultation {
  readonly type: 'RecordConsultation';
  readonly memberId: string;
  readonly sessionId?: string;
  /** One of `consultedParts`. */
  readonly what: string;
  /** One of `accessPurposes`; anything else is refused. */
  readonly purpose: string;
  readonly at: Instant;
}

export type AccessCommand = RecordConsultation;
