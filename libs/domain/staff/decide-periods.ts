import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { refuseReversed } from '../shared/refusals.js';
import type { AppointOfficeHolder, AuthoriseTechnician, DismissOfficeHolder, RevokeTechnician } from './commands.js';
import {
  type Office,
  OfficeHolderAppointed,
  OfficeHolderDismissed,
  type StaffEvent,
  TechnicianAuthorised,
  TechnicianRevoked,
} from './events.js';
import { alreadyAuthorised, notAuthorised, officeAlreadyHeld, officeNotHeld } from './refusals.js';
import { isOpenOn, type Period, periodsOverlap, type StaffState } from './state.js';

type Decision = readonly StaffEvent[] | Refusal;
type Term = Period & { readonly office: Office };

const same = (one: Period, other: Period): boolean =>
  one.from === other.from && one.until === other.until && one.cutOn === undefined;

export function appoint(command: AppointOfficeHolder, state: StaffState, others: readonly Term[]): Decision {
  const { staffId, office, from, until } = command;
  const wanted: Period = { from, until, cutOn: undefined };
  const own = state.offices.filter((term) => term.office === office);
  if (own.some((term) => same(term, wanted))) return [];
  const reversed = refuseReversed(from, until);
  if (reversed) return reversed;
  const held = [...own, ...others.filter((term) => term.office === office)];
  if (held.some((term) => periodsOverlap(term, wanted))) return officeAlreadyHeld();
  return [event(OfficeHolderAppointed, { staffId, office, from, ...(until === undefined ? {} : { until }) })];
}

export function dismiss({ staffId, office, on }: DismissOfficeHolder, state: StaffState): Decision {
  const own = state.offices.filter((term) => term.office === office);
  if (own.some((term) => isOpenOn(term, on))) return [event(OfficeHolderDismissed, { staffId, office, on })];
  return own.some((term) => term.cutOn !== undefined && term.cutOn <= on) ? [] : officeNotHeld();
}

export function authorise({ staffId, from, until }: AuthoriseTechnician, state: StaffState): Decision {
  const wanted: Period = { from, until, cutOn: undefined };
  if (state.habilitations.some((period) => same(period, wanted))) return [];
  const reversed = refuseReversed(from, until);
  if (reversed) return reversed;
  if (state.habilitations.some((period) => periodsOverlap(period, wanted))) return alreadyAuthorised();
  return [event(TechnicianAuthorised, { staffId, from, ...(until === undefined ? {} : { until }) })];
}

export function revoke({ staffId, on, reason }: RevokeTechnician, state: StaffState): Decision {
  if (state.habilitations.some((period) => isOpenOn(period, on)))
    return [event(TechnicianRevoked, { staffId, on, reason })];
  return state.habilitations.some((period) => period.cutOn !== undefined && period.cutOn <= on) ? [] : notAuthorised();
}
