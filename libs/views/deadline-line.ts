import type { Instant, LocalDate } from '#kernel/time.js';
import { daysBetween } from './complaint-clocks.js';

/** Who has to act. `Member`: it is the member's own time that runs. */
export const deadlineOwners = ['Director', 'President', 'SupportLead', 'Member'] as const;
export type DeadlineOwner = (typeof deadlineOwners)[number];

/** `soon`: within three days. */
export const urgencies = ['late', 'today', 'soon', 'later'] as const;
export type Urgency = (typeof urgencies)[number];

export const deadlineKinds = [
  'complaint',
  'rights',
  'deviation',
  'hold',
  'follow-up',
  'staff',
  'incident',
  'association',
  'credential',
  'security-stop',
] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** What a source knows of one deadline. */
export interface DeadlineSource {
  /** Code of the clock, or of the end of a paper: `habilitation-end`. */
  readonly clock: string;
  /** French: what runs, and by which rule. */
  readonly name: string;
  readonly source: string;
  readonly kind: DeadlineKind;
  /** Opaque reference of the complaint, case, deviation, hold, session or person. */
  readonly id: string;
  readonly memberId?: string;
  readonly owner: DeadlineOwner;
  /** The Director is told at once. */
  readonly serious?: true;
  /** Until 24:00 in Paris, or until `endsAt`. */
  readonly lastDay: LocalDate;
  /** Of a clock in hours: the very moment. */
  readonly endsAt?: Instant;
  /** That moment is past. */
  readonly over?: true;
  /** French, step by step. */
  readonly derivation: string;
}

export interface DeadlineLine extends Omit<DeadlineSource, 'over'> {
  readonly daysLeft: number;
  readonly urgency: Urgency;
  /** The office is vacant: the owner named stands in (11). */
  readonly insteadOf?: DeadlineOwner;
}

const SOON_DAYS = 3;

/** @param vacant offices that nobody holds today: the Director acts for the support lead, the President for the Director */
export function deadlineLine(
  one: DeadlineSource,
  today: LocalDate,
  vacant: { readonly director: boolean; readonly lead: boolean },
): DeadlineLine {
  const daysLeft = daysBetween(today, one.lastDay);
  const { over, ...shown } = one;
  const line = { ...shown, daysLeft, urgency: over ? ('late' as const) : urgencyOf(daysLeft) };
  const acting = one.owner === 'SupportLead' && vacant.lead ? 'Director' : one.owner;
  const owner = acting === 'Director' && vacant.director ? 'President' : acting;
  return owner === one.owner ? line : { ...line, owner, insteadOf: one.owner };
}

function urgencyOf(daysLeft: number): Urgency {
  if (daysLeft < 0) return 'late';
  if (daysLeft === 0) return 'today';
  return daysLeft <= SOON_DAYS ? 'soon' : 'later';
}
