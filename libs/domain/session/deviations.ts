import { event } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import type { RuleId } from '../charter/rules.js';
import { type DeviationCode, deviationKind } from '../shared/deviation.js';
import { allowedMinutes, wholeMinutes } from './active-time.js';
import type { DeviationDetail } from './codes.js';
import type { SessionEvent } from './events.js';
import { DeviationFlagged, OverrunFlagged } from './events-deviation.js';
import type { SessionState } from './state.js';
import type { Who } from './who.js';

/** A breach found by a decision, before it has an id. */
export interface Breach {
  readonly code: Exclude<DeviationCode, 'overrun'>;
  readonly detail: DeviationDetail;
  /** When the breach took place. */
  readonly at: Instant;
  /** The action, credential or other session that it is about. */
  readonly aboutId?: string;
  /** Left out: the rule of the code. */
  readonly rule?: RuleId;
}

export interface Overrun {
  readonly code: 'overrun';
  readonly at: Instant;
  readonly activeMs: number;
}

/** The events of the breaches that the session does not carry yet, numbered on. */
export function flag(state: SessionState, who: Who, breaches: readonly (Breach | Overrun)[]): readonly SessionEvent[] {
  const fresh = breaches.filter((breach) => !isKnown(state, breach));
  return fresh.map((breach, index) => {
    const { rule, serious } = deviationKind(breach.code);
    const deviationId = `${who.sessionId}-d${state.deviations.length + index + 1}`;
    if (breach.code === 'overrun') {
      const allowed = allowedMinutes(state);
      return event(OverrunFlagged, {
        ...who,
        deviationId,
        code: breach.code,
        rule,
        serious,
        detail: 'beyond-allowed-minutes',
        at: breach.at,
        activeMinutes: wholeMinutes(breach.activeMs),
        allowedMinutes: allowed,
        overrunSeconds: Math.ceil((breach.activeMs - allowed * 60_000) / 1000),
      });
    }
    const { code, detail, at, aboutId } = breach;
    const about = aboutId === undefined ? {} : { aboutId };
    return event(DeviationFlagged, {
      ...who,
      deviationId,
      code,
      rule: breach.rule ?? rule,
      serious,
      detail,
      at,
      ...about,
    });
  });
}

/** One late recording of the member's word and one of entries is enough for a session; of anything else, one for each thing. */
const isKnown = (state: SessionState, breach: Breach | Overrun): boolean =>
  state.deviations.some(
    (one) =>
      one.code === breach.code &&
      (breach.code === 'overrun' ||
        (breach.code === 'late-recording' && isWord(one.detail) === isWord(breach.detail)) ||
        (one.detail === breach.detail && one.aboutId === breach.aboutId)),
  );

const isWord = (detail: string): boolean => detail === 'word-recorded-late';
