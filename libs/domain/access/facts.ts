import type { BaseFacts } from '../shared/facts.js';

export interface AccessFacts extends BaseFacts {
  /** The actor is the Director's delegate today; asked for an export only. */
  readonly isDelegate: boolean;
  /** Of a disclosure: there is such a member. True for other commands. */
  readonly memberKnown: boolean;
  /** Of a disclosure to a processor: the record named is one, with its contract, on the day it was sent. */
  readonly processorRegistered: boolean;
}
