import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { refuseLinted } from '../lint/lint-fields.js';
import type { CorrectMemberIdentity, RecordRepresentative, RegisterMember } from './commands.js';
import { type MemberEvent, MemberIdentityCorrected, MemberRegistered, RepresentativeRecorded } from './events.js';
import { memberAlreadyRegistered, minorNeedsGuardian, nothingToCorrect, representativeExists } from './refusals.js';
import { findRepresentative, type MemberState } from './state.js';

type Decision = readonly MemberEvent[] | Refusal;
type Identity = Pick<CorrectMemberIdentity, 'membershipNumber' | 'name' | 'email' | 'phone' | 'postalAddress'>;

export function register(command: RegisterMember, state: MemberState): Decision {
  if (state.registered) return memberAlreadyRegistered();
  const refusal = refuseIdentity(command);
  if (refusal) return refusal;
  const { memberId, membershipNumber, name, status, minor } = command;
  return [event(MemberRegistered, { memberId, status, minor, ...given(command), membershipNumber, name })];
}

/** What was there before is sealed, so a correction cannot be compared with it: each one is recorded. */
export function correct(command: CorrectMemberIdentity): Decision {
  const fields = given(command);
  if (Object.keys(fields).length === 0) return nothingToCorrect();
  const { memberId, reason } = command;
  return refuseIdentity(command) ?? [event(MemberIdentityCorrected, { memberId, ...fields, reason })];
}

export function recordRepresentative(command: RecordRepresentative, state: MemberState): Decision {
  const { memberId, representativeId, capacity, name, basis } = command;
  const known = findRepresentative(state, representativeId);
  if (known) return known.capacity === capacity ? [] : representativeExists();
  if (state.minor && capacity !== 'guardian') return minorNeedsGuardian();
  const refusal = refuseLinted({ '/name': name, '/basis': basis });
  return refusal ?? [event(RepresentativeRecorded, { memberId, representativeId, capacity, name, basis })];
}

const identityFields = ['membershipNumber', 'name', 'email', 'phone', 'postalAddress'] as const;

/** The identity fields that the command carries, without the absent ones. */
function given(command: Identity): Identity {
  const entries = identityFields.flatMap((field) => (command[field] === undefined ? [] : [[field, command[field]]]));
  return Object.fromEntries(entries) as Identity;
}

const refuseIdentity = (command: Identity): Refusal | undefined =>
  refuseLinted(Object.fromEntries(identityFields.map((field) => [`/${field}`, command[field]])));
