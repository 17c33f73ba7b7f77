import { calendar } from '#domain/calendar/calendar.js';
import { charter } from '#domain/charter/charter.js';
import { member } from '#domain/member/member.js';
import { findRepresentative, isConsentVoided } from '#domain/member/state.js';
import type { MemberStanding, TechnicianStanding } from '#domain/shared/standing.js';
import { staff } from '#domain/staff/staff.js';
import { hasSkill, hasUndertaking, isAuthorised } from '#domain/staff/state.js';
import type { StateReader } from '../command.js';

/** What requests and sessions may ask of a member; undefined for nobody, or for a member that does not exist. */
export async function memberStanding(
  reader: StateReader,
  memberId: string | undefined,
): Promise<MemberStanding | undefined> {
  if (memberId === undefined) return undefined;
  const state = await reader.state(member, memberId);
  if (!state.registered) return undefined;
  const { status, minor, unsubscribed, leftOn } = state;
  return {
    memberId,
    status,
    minor,
    unsubscribed,
    hasLeft: (day) => leftOn !== undefined && leftOn <= day,
    voidsConsentOf: (givenAt, until) => isConsentVoided(state, givenAt, until),
    capacityOf: (representativeId) => findRepresentative(state, representativeId)?.capacity,
  };
}

/** What they may ask of a technician; undefined for nobody, or for a person that is not registered. */
export async function technicianStanding(
  reader: StateReader,
  staffId: string | undefined,
): Promise<TechnicianStanding | undefined> {
  if (staffId === undefined) return undefined;
  const state = await reader.state(staff, staffId);
  if (!state.registered) return undefined;
  return {
    staffId,
    isAuthorisedOn: (day) => isAuthorised(state, day),
    hasUndertakingOn: (day) => hasUndertaking(state, day),
    isSkilledIn: (software) => hasSkill(state, software),
  };
}

/** The charter's versions and the closures: what every slot and every session is judged by. */
export async function associationRules(reader: StateReader) {
  const [charterState, closures] = await Promise.all([
    reader.state(charter, 'association'),
    reader.state(calendar, 'association'),
  ]);
  return { charter: charterState, closures };
}
