import type { Refusal } from '#kernel/refusal.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { CivilTime } from '../calendar/civil-time.js';
import { type Slot, type SlotProblem, slotProblem } from '../calendar/slot.js';
import type { CalendarState } from '../calendar/state.js';
import type { CharterParameters } from '../charter/parameters.js';
import { isBeyondNow } from './fact-time.js';
import {
  factInFuture,
  skillMissing,
  slotOutsideHours,
  slotTooLong,
  supportMemberLeft,
  supportMemberUnknown,
  supportMemberUnsubscribed,
  technicianUnauthorised,
  technicianUnknown,
  undertakingMissing,
} from './service-refusals.js';
import type { MemberStanding, TechnicianStanding } from './standing.js';

/** Support is for subscribed members (P.1, 3.1 c); a lapsed membership is no bar. */
export function refuseMember(member: MemberStanding | undefined, day: LocalDate): Refusal | undefined {
  if (member === undefined) return supportMemberUnknown();
  if (member.hasLeft(day)) return supportMemberLeft();
  return member.unsubscribed ? supportMemberUnsubscribed() : undefined;
}

/** Authorised that day, under undertaking, trained where the software is specialised (4.4 b, 5.2, 1.2 c). */
export function refuseTechnician(
  technician: TechnicianStanding | undefined,
  day: LocalDate,
  software: string | undefined,
): Refusal | undefined {
  if (technician === undefined) return technicianUnknown();
  if (!technician.isAuthorisedOn(day)) return technicianUnauthorised();
  if (!technician.hasUndertakingOn(day)) return undertakingMissing();
  return software !== undefined && !technician.isSkilledIn(software) ? skillMissing() : undefined;
}

export const refuseFuture = (at: Instant | undefined, now: Instant, pointer = '/at'): Refusal | undefined =>
  at !== undefined && isBeyondNow(at, now) ? factInFuture(undefined, [{ pointer, detail: 'à venir' }]) : undefined;

/** The refusal that names a slot's problem. */
export const slotRefusal = ({ rule, text }: SlotProblem): Refusal =>
  rule === 'charter:7.2a' ? slotTooLong({ problem: text }) : slotOutsideHours({ problem: text });

/** A slot agreed beforehand outside the rules (7.2 c). */
export interface AgreedSlot {
  readonly slotStart: Instant;
  readonly slotEnd: Instant;
}

/** Does one agreement cover the whole slot? */
export const isAgreed = (slot: Slot, agreements: readonly AgreedSlot[]): boolean =>
  agreements.some((one) => one.slotStart <= slot.startsAt && slot.endsAt <= one.slotEnd);

/** What stands against a slot, unless an exceptional agreement covers it; `exceptional` when it needs that agreement. */
export function judgeSlot(
  slot: Slot,
  parameters: CharterParameters,
  agreements: readonly AgreedSlot[],
  facts: { readonly time: CivilTime; readonly closures: CalendarState },
): { readonly exceptional: boolean } | Refusal {
  const problem = slotProblem(slot, parameters, facts.time, facts.closures);
  if (problem === undefined) return { exceptional: false };
  return isAgreed(slot, agreements) ? { exceptional: true } : slotRefusal(problem);
}
