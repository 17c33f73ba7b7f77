import type { CivilTime } from '../calendar/civil-time.js';
import type { BaseFacts } from '../shared/facts.js';

export interface SubscriberFacts extends BaseFacts {
  readonly time: CivilTime;
  /** The installation is a simulation: nobody real is written to. */
  readonly simulated: boolean;
}
