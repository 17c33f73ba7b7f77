import type { CivilTime } from '../calendar/civil-time.js';
import type { BaseFacts } from '../shared/facts.js';

export interface MemberFacts extends BaseFacts {
  readonly time: CivilTime;
  /** The actor is the Director's delegate today. */
  readonly isDelegate: boolean;
  /** The version of the charter that the command names was published; true for other commands. */
  readonly charterPublished: boolean;
}
