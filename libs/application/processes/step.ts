import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { StepResult } from '#domain/process/codes.js';
import type { Role } from '#domain/shared/facts.js';
import { type Instant, toEpochMilliseconds } from '#kernel/time.js';
import type { ProcessCaseDocument } from '#views/process-case.js';
import type { Temoin } from '../temoin.js';

/** What a step is given. */
export interface StepInput {
  readonly temoin: Temoin;
  readonly time: CivilTime;
  readonly one: ProcessCaseDocument;
  readonly step: string;
  readonly dueAt: Instant;
  /** The same for the same step of the same case, in every process and after every crash. */
  readonly commandId: (label: string) => string;
}

export type StepOutcome =
  | { readonly done: StepResult; readonly to?: readonly Role[] }
  /** Not yet: the calendar says so. */
  | { readonly notBefore: Instant };

/**
 * Does what is due. May be repeated: whatever it changes, it changes by commands whose ids follow from the case.
 * @throws StepFault when it cannot be done, whatever one waits for; what the stores throw
 */
export type Step = (input: StepInput) => Promise<StepOutcome>;

/** Known by its `code`, which goes into the log: never whom, never what. */
export class StepFault extends Error {
  override readonly name = 'StepFault';
  constructor(readonly code: string) {
    super(`A step of a process cannot be done: ${code}.`);
  }
}

export const remind =
  (...to: readonly Role[]): Step =>
  async () => ({ done: 'reminder', to });

/** Months after it was asked for a letter only confuses: no downtime is so long, an imported or restored log is. */
export const isTooLate = (now: Instant, dueAt: Instant): boolean =>
  toEpochMilliseconds(now) - toEpochMilliseconds(dueAt) > 31 * 86_400_000;
