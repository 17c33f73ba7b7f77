import { isRefusal, type Refusal } from '#kernel/refusal.js';
import { isRecordedLate } from '../shared/fact-time.js';
import { factTimes, timeOfFact } from '../shared/fact-times.js';
import { type Breach, flag } from './deviations.js';
import type { SessionEvent } from './events.js';
import type { SessionFacts } from './facts.js';
import type { SessionState } from './state.js';
import type { Who } from './who.js';

/** The member's word on which the session stands: yes, no, or no longer. */
const WORDS: ReadonlySet<string> = new Set(['ConsentGiven', 'ConsentRefused', 'ConsentWithdrawn']);

/** Flags a consent, a refusal or a withdrawal that was typed in more than a day after the member gave it (A16). */
export function withLateWord(
  decided: readonly SessionEvent[] | Refusal,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): readonly SessionEvent[] | Refusal {
  if (isRefusal(decided)) return decided;
  const late = decided.flatMap(({ type, data }): readonly Breach[] => {
    const at = WORDS.has(type) ? timeOfFact(factTimes[type], data, facts.time) : undefined;
    if (at === undefined || !isRecordedLate(at, facts.now)) return [];
    return [{ code: 'late-recording', detail: 'word-recorded-late', at }];
  });
  return late.length === 0 ? decided : [...decided, ...flag(state, who, late.slice(0, 1))];
}
