import type { Instant, LocalDate } from '#kernel/time.js';

/** Given by the run itself when it is through. */
export interface CompleteRetentionRun {
  readonly type: 'CompleteRetentionRun';
  readonly runId: string;
  readonly day: LocalDate;
  readonly startedAt: Instant;
  readonly due: number;
  readonly destroyed: number;
  readonly held: number;
  readonly failed: number;
  readonly members: number;
  readonly accessLogFrom: Instant;
}

export type RetentionCommand = CompleteRetentionRun;
