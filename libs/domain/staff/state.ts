import type { LocalDate } from '#kernel/time.js';
import type { Office } from './events.js';

/** Days from `from` to `until`, both included; without `until`, open. */
export interface Period {
  readonly from: LocalDate;
  readonly until: LocalDate | undefined;
  /** First day cut off by a dismissal or revocation, whatever `until` says. */
  readonly cutOn: LocalDate | undefined;
}

export interface StaffState {
  readonly registered: boolean;
  readonly staffId: string | undefined;
  readonly offices: readonly (Period & { readonly office: Office })[];
  readonly habilitations: readonly Period[];
  readonly undertakings: readonly { readonly signedOn: LocalDate; readonly charterVersionId: string }[];
  readonly skills: readonly { readonly software: string; readonly evidenceDate: LocalDate }[];
}

export const initialStaff: StaffState = {
  registered: false,
  staffId: undefined,
  offices: [],
  habilitations: [],
  undertakings: [],
  skills: [],
};

export const covers = (period: Period, date: LocalDate): boolean =>
  period.from <= date &&
  (period.until === undefined || date <= period.until) &&
  (period.cutOn === undefined || date < period.cutOn);

/** Would the period still go on that day or later, so that ending it changes something? */
export const isOpenOn = (period: Period, date: LocalDate): boolean =>
  (period.until === undefined || date <= period.until) && (period.cutOn === undefined || date < period.cutOn);

/** Do two periods share a day? */
export const periodsOverlap = (one: Period, other: Period): boolean =>
  !isEmpty(one) && !isEmpty(other) && startsBeforeEnd(one, other) && startsBeforeEnd(other, one);

const isEmpty = (period: Period): boolean => period.cutOn !== undefined && period.cutOn <= period.from;
const startsBeforeEnd = (one: Period, other: Period): boolean =>
  (other.until === undefined || one.from <= other.until) && (other.cutOn === undefined || one.from < other.cutOn);

/** May the person carry out a session on that day (4.4 b)? A revocation counts from its day's beginning. */
export const isAuthorised = (state: StaffState, date: LocalDate): boolean =>
  state.habilitations.some((period) => covers(period, date));

/** Has the person signed an undertaking of confidentiality, on that day at the latest when one is given (5.2)? */
export const hasUndertaking = (state: StaffState, date?: LocalDate): boolean =>
  state.undertakings.some((one) => date === undefined || one.signedOn <= date);

/** Names of software are compared without case, accents and outer spaces. */
export const softwareKey = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/gu, ' ').trim().toLowerCase();

/** Was the person trained in that software (1.2 c)? */
export const hasSkill = (state: StaffState, software: string): boolean =>
  state.skills.some((skill) => softwareKey(skill.software) === softwareKey(software));

export const holdsOffice = (state: StaffState, office: Office, date: LocalDate): boolean =>
  state.offices.some((period) => period.office === office && covers(period, date));
