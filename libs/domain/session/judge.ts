import type { Instant } from '#kernel/time.js';
import { openingProblems, type Slot } from '../calendar/slot.js';
import { type CharterParameters, fallbackParameters } from '../charter/parameters.js';
import { findVersion, versionInForce } from '../charter/state.js';
import { earlier, isRecordedLate } from '../shared/fact-time.js';
import { isAgreed } from '../shared/service-rules.js';
import { activeMilliseconds, allowedMinutes } from './active-time.js';
import type { Breach, Overrun } from './deviations.js';
import type { SessionFacts } from './facts.js';
import type { OpenSegment, SessionState } from './state.js';

/** The parameters that a session is judged by: those of its version, else of the one in force on the day. */
export function parametersFor(
  charterVersionId: string | undefined,
  startedAt: Instant,
  facts: SessionFacts,
): CharterParameters {
  const pinned = charterVersionId === undefined ? undefined : findVersion(facts.charter, charterVersionId);
  const version = pinned ?? versionInForce(facts.charter, facts.time.toLocal(startedAt).date);
  return version?.parameters ?? fallbackParameters;
}

/** What the times of a finished session break: length (7.2 a) and opening hours (7.2 b), unless agreed beforehand. */
export function timeBreaches(
  state: SessionState,
  slot: Slot,
  segments: readonly OpenSegment[],
  facts: SessionFacts,
): readonly (Breach | Overrun)[] {
  const breaches: (Breach | Overrun)[] = [];
  const activeMs = activeMilliseconds(segments, slot.endsAt);
  if (activeMs > allowedMinutes(state) * 60_000) breaches.push({ code: 'overrun', at: slot.endsAt, activeMs });
  const parameters = parametersFor(state.charterVersionId, slot.startsAt, facts);
  const outside = openingProblems(slot, parameters, facts.time, facts.closures).length > 0;
  if (outside && !isAgreed(slot, facts.request?.agreements ?? []))
    breaches.push({ code: 'out-of-hours', detail: 'outside-opening-hours', at: slot.startsAt });
  return breaches;
}

/** An entry made long after what it tells, or long after the session's end. */
export function lateEntry(state: SessionState, at: Instant, facts: SessionFacts): readonly Breach[] {
  const happened = state.endedAt === undefined ? at : earlier(at, state.endedAt);
  return isRecordedLate(happened, facts.now)
    ? [{ code: 'late-recording', detail: 'entry-recorded-late', at: happened }]
    : [];
}
