import type { SessionFacts } from './facts.js';
import type { SessionState } from './state.js';

/** Which session of which member: in every event. */
export interface Who {
  readonly sessionId: string;
  readonly memberId: string;
}

/** @returns undefined when nothing says whose session it is: it is unknown */
export function whoOf(sessionId: string, state: SessionState, facts: SessionFacts): Who | undefined {
  const memberId = state.memberId ?? facts.request?.memberId;
  return memberId === undefined ? undefined : { sessionId, memberId };
}
