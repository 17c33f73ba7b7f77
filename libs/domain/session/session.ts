import type { Decider } from '#kernel/decider.js';
import type { SessionCommand } from './commands.js';
import { decide } from './decide.js';
import { type SealedSessionEvent, type SessionEvent, sessionEvents } from './events.js';
import { evolve } from './evolve.js';
import type { SessionFacts } from './facts.js';
import { initialSession, type SessionState } from './state.js';

const decider: Decider<SessionCommand, SessionEvent, SealedSessionEvent, SessionState, SessionFacts> = {
  initial: initialSession,
  decide,
  evolve,
};

/** Streams `session-<sessionId>`. */
export const session = { category: 'session', decider, events: sessionEvents };
