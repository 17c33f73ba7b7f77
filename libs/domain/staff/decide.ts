import { never } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import type { CivilTime } from '../calendar/civil-time.js';
import { type CharterState, findVersion } from '../charter/state.js';
import { refuseLinted, refusePersonal } from '../lint/lint-fields.js';
import type { BaseFacts } from '../shared/facts.js';
import { refuseFutureDay } from '../shared/refusals.js';
import type { RecordTechnicianSkill, RegisterStaff, SignConfidentialityUndertaking, StaffCommand } from './commands.js';
import { appoint, authorise, dismiss, revoke } from './decide-periods.js';
import {
  ConfidentialityUndertakingSigned,
  type Office,
  type StaffEvent,
  StaffRegistered,
  TechnicianSkillRecorded,
} from './events.js';
import { staffAlreadyRegistered, staffUnknown, undertakingCharterUnknown } from './refusals.js';
import { type Period, type StaffState, softwareKey } from './state.js';

export interface StaffFacts extends BaseFacts {
  readonly time: CivilTime;
  readonly charter: CharterState;
  /** Terms of office of other people, when the caller knows them; without, only the person's own are compared. */
  readonly otherHolders?: readonly (Period & { readonly office: Office })[];
}

export function decide(command: StaffCommand, state: StaffState, facts: StaffFacts): readonly StaffEvent[] | Refusal {
  if (command.type === 'RegisterStaff') return register(command, state);
  if (!state.registered) return staffUnknown();
  switch (command.type) {
    case 'AppointOfficeHolder':
      return appoint(command, state, facts.otherHolders ?? []);
    case 'DismissOfficeHolder':
      return dismiss(command, state);
    case 'AuthoriseTechnician':
      return authorise(command, state);
    case 'RevokeTechnician':
      return revoke(command, state);
    case 'SignConfidentialityUndertaking':
      return sign(command, state, facts);
    case 'RecordTechnicianSkill':
      return recordSkill(command, state, facts);
    default:
      return never(command);
  }
}

function register({ staffId, name, email, phone }: RegisterStaff, state: StaffState) {
  if (state.registered) return staffAlreadyRegistered();
  const refusal = refuseLinted({ '/name': name, '/email': email, '/phone': phone });
  if (refusal) return refusal;
  return [
    event(StaffRegistered, {
      staffId,
      name,
      ...(email === undefined ? {} : { email }),
      ...(phone === undefined ? {} : { phone }),
    }),
  ];
}

function sign(command: SignConfidentialityUndertaking, state: StaffState, facts: StaffFacts) {
  const { staffId, signedOn, charterVersionId, evidenceRef } = command;
  if (state.undertakings.some((one) => one.signedOn === signedOn && one.charterVersionId === charterVersionId))
    return [];
  const refusal = refuseFutureDay(signedOn, facts, '/signedOn') ?? refusePersonal({ '/evidenceRef': evidenceRef });
  if (refusal) return refusal;
  if (!findVersion(facts.charter, charterVersionId)) return undertakingCharterUnknown();
  const reference = evidenceRef === undefined ? {} : { evidenceRef };
  return [event(ConfidentialityUndertakingSigned, { staffId, signedOn, charterVersionId, ...reference })];
}

function recordSkill(command: RecordTechnicianSkill, state: StaffState, facts: StaffFacts) {
  const { staffId, software, evidenceDate, evidenceRef } = command;
  const known = state.skills.some(
    (skill) => softwareKey(skill.software) === softwareKey(software) && skill.evidenceDate === evidenceDate,
  );
  if (known) return [];
  const refusal =
    refuseFutureDay(evidenceDate, facts, '/evidenceDate') ??
    refusePersonal({ '/software': software, '/evidenceRef': evidenceRef });
  if (refusal) return refusal;
  const reference = evidenceRef === undefined ? {} : { evidenceRef };
  return [event(TechnicianSkillRecorded, { staffId, software, evidenceDate, ...reference })];
}
