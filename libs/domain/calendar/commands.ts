import type { LocalDate } from '#kernel/time.js';

export interface DeclareClosure {
  readonly type: 'DeclareClosure';
  readonly closureId: string;
  /** First and last closed day, both included. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly label: string;
}

export interface WithdrawClosure {
  readonly type: 'WithdrawClosure';
  readonly closureId: string;
}

export type CalendarCommand = DeclareClosure | WithdrawClosure;
