import type { DeadlineCalendar } from '../deadlines/deadline.js';
import type { BaseFacts } from '../shared/facts.js';

export interface IncidentFacts extends BaseFacts {
  readonly calendar: DeadlineCalendar;
  /** Within which the authority is told: 72 by GDPR 33(1), else as the association set it when the law changed. */
  readonly breachHours: number;
  /** Of the sessions and members that the command names: their key cells, as the log knows them. */
  readonly cells: readonly string[];
  /** Of those named: the ones that do not exist. */
  readonly unknown: readonly string[];
}
