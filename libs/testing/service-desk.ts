import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { initialCalendar } from '#domain/calendar/state.js';
import { fallbackParameters } from '#domain/charter/parameters.js';
import type { CharterState } from '#domain/charter/state.js';
import type { RequestFacts } from '#domain/request/facts.js';
import type { RequestStanding, SessionFacts } from '#domain/session/facts.js';
import type { Role } from '#domain/shared/facts.js';
import type { MemberStanding, TechnicianStanding } from '#domain/shared/standing.js';
import { type Instant, toInstant } from '#kernel/time.js';

/** The facts around one ordinary appointment, for specifications: Tuesday 2 June 2026, 10:00 to 11:00 in Paris. */

export const time = frenchCivilTime();

/** The instant of a time on the clock of Paris in summer: `2026-06-02 10:00`. */
export function at(local: string): Instant {
  const instant = toInstant(`${local.replace(' ', 'T')}:00+02:00`);
  if (instant === undefined) throw new TypeError(`${local} is no date and time`);
  return instant;
}

const version = (charterVersionId: string, effectiveFrom: string, sessionMinutes = 60) => ({
  charterVersionId,
  effectiveFrom: effectiveFrom as CharterState['versions'][number]['effectiveFrom'],
  textSha256: '0'.repeat(64),
  parameters: { ...fallbackParameters, sessionMinutes },
  notifications: [],
});

/** Version `v1` from January; `v2`, with sessions of 45 minutes, from 10 June. */
export const charter: CharterState = { versions: [version('v1', '2026-01-01'), version('v2', '2026-06-10', 45)] };

export const aMember = (change: Partial<MemberStanding> = {}): MemberStanding => ({
  memberId: 'm1',
  status: 'active',
  minor: false,
  unsubscribed: false,
  hasLeft: () => false,
  voidsConsentOf: () => false,
  capacityOf: () => undefined,
  ...change,
});

export const aTechnician = (change: Partial<TechnicianStanding> = {}): TechnicianStanding => ({
  staffId: 't1',
  isAuthorisedOn: () => true,
  hasUndertakingOn: () => true,
  isSkilledIn: () => false,
  ...change,
});

export const actor = (staffId: string, ...roles: readonly Role[]) => ({ staffId, roles });

export const requestFacts = (now: string, change: Partial<RequestFacts> = {}): RequestFacts => ({
  now: at(now),
  actor: actor('lead', 'SupportLead'),
  time,
  charter,
  closures: initialCalendar,
  member: aMember(),
  technician: aTechnician(),
  otherSessionsThatDay: [],
  sessionBegun: false,
  ...change,
});

export const appointment = {
  technicianId: 't1',
  startsAt: at('2026-06-02 10:00'),
  endsAt: at('2026-06-02 11:00'),
  cancelled: false,
};

export const aRequest = (change: Partial<RequestStanding> = {}): RequestStanding => ({
  requestId: 'r1',
  memberId: 'm1',
  open: true,
  serviceCategories: ['diagnosis', 'updates'],
  specialisedSoftware: undefined,
  agreements: [],
  appointment,
  ...change,
});

export const sessionFacts = (now: string, change: Partial<SessionFacts> = {}): SessionFacts => ({
  now: at(now),
  actor: actor('t1', 'Technician'),
  time,
  charter,
  closures: initialCalendar,
  request: aRequest(),
  member: aMember(),
  technician: aTechnician(),
  otherSessionsThatDay: [],
  ...change,
});
