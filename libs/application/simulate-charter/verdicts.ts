import type { CivilTime } from '#domain/calendar/civil-time.js';
import { lastConsultableDay } from '#domain/calendar/retention.js';
import { openingProblems, type Slot, slotProblems } from '#domain/calendar/slot.js';
import type { CalendarState } from '#domain/calendar/state.js';
import type { CharterParameters } from '#domain/charter/parameters.js';
import { windowsOf } from '#domain/complaint/clocks.js';
import type { SessionConcerned } from '#domain/complaint/facts.js';
import { activeMilliseconds } from '#domain/session/active-time.js';
import type { SessionState } from '#domain/session/state.js';
import { type AgreedSlot, isAgreed } from '#domain/shared/service-rules.js';
import type { Instant, LocalDate } from '#kernel/time.js';

/** The calendar that everything is judged by, in both charters. */
export interface Almanac {
  readonly time: CivilTime;
  readonly closures: CalendarState;
}

/** Codes of what stands against a booking; empty: it may be made. An exceptional agreement covers it in any charter. */
export const bookingVerdict = (
  slot: Slot & { readonly exceptional: boolean },
  parameters: CharterParameters,
  { time, closures }: Almanac,
): readonly string[] =>
  slot.exceptional ? [] : slotProblems(slot, parameters, time, closures).map(({ code }) => code);

/** Codes of the deviations that the times of a finished session make; the same rules as at its end. */
export function sessionVerdict(
  state: SessionState,
  slot: Slot,
  agreements: readonly AgreedSlot[],
  parameters: CharterParameters,
  { time, closures }: Almanac,
): readonly string[] {
  const agreed = isAgreed(slot, agreements);
  const base = agreed ? state.allowedMinutes : parameters.sessionMinutes;
  const allowed = state.extensions.reduce((sum, { minutes }) => sum + minutes, base);
  const overrun = activeMilliseconds(state.segments, slot.endsAt) > allowed * 60_000;
  const outside = !agreed && openingProblems(slot, parameters, time, closures).length > 0;
  return [...(overrun ? ['overrun'] : []), ...(outside ? ['out-of-hours'] : [])];
}

/** Per window and session: the last day, and whether the complaint was in time. */
export function complaintVerdict(
  complaint: { readonly receivedAt: Instant; readonly learnedOn: LocalDate },
  sessions: readonly SessionConcerned[],
  parameters: CharterParameters,
  { time, closures }: Almanac,
): readonly string[] {
  const isClosed = (day: LocalDate) =>
    closures.closures.some((one) => !one.withdrawn && one.from <= day && day <= one.to);
  const calendar = { civilTime: time, isClosed };
  return windowsOf(complaint, { calendar, parameters, sessions }).flatMap(({ clock, sessionId, inTime, lastDay }) =>
    inTime === undefined ? [] : [[clock, sessionId ?? '-', inTime ? 'in-time' : 'late', lastDay].join(' ')],
  );
}

/** The first day on which a session's journal is gone. */
export const purgeVerdict = (endedAt: Instant, { journalRetentionMonths }: CharterParameters, time: CivilTime) =>
  time.plusDays(lastConsultableDay(endedAt, journalRetentionMonths, time), 1);
