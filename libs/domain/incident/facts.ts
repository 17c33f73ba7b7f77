import type { DeadlineCalendar } from '../deadlines/deadline.js';
import type { BaseFacts } from '../shared/facts.js';

export interface IncidentFacts extends BaseFacts {
  readonly calendar: DeadlineCalendar;
  /** Of the sessions and members that the command names: their key cells, as the log knows them. */
  readonly cells: readonly string[];
  /** Of those named: the ones that do not exist. */
  readonly unknown: readonly string[];
}
