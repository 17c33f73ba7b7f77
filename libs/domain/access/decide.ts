import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { plusMilliseconds } from '#kernel/time.js';
import { hasAnyRole, type Role } from '../shared/facts.js';
import { refuseFutureInstant } from '../shared/refusals.js';
import type { AccessCommand, IssueMemberExport, RecordConsultation } from './commands.js';
import { disclose } from './decide-disclosure.js';
import {
  type AccessEvent,
  type AccessPurpose,
  accessPurposes,
  consultedParts,
  FileConsulted,
  MemberExportIssued,
} from './events.js';
import type { AccessFacts } from './facts.js';
import { exportNeedsDirector, exportValidityWrong, notNeedToKnow, partUnknown, purposeUnknown } from './refusals.js';
import type { AccessState } from './state.js';

/** Who may read a member's file, by purpose (4.1): keeping the machine or feeding other software needs no file. */
const readers: Readonly<Record<AccessPurpose, readonly Role[]>> = {
  quality: ['Director', 'President', 'SupportLead', 'Technician', 'Auditor'],
  dispute: ['Director', 'President', 'SupportLead', 'Auditor'],
  rights: ['Director', 'President', 'SupportLead', 'Auditor'],
  support: ['Director', 'President', 'SupportLead', 'Technician'],
};

export const mayConsult = (roles: readonly Role[], purpose: AccessPurpose): boolean =>
  readers[purpose].some((role) => roles.includes(role));

const isOneOf = <V extends string>(values: readonly V[], text: string): text is V =>
  (values as readonly string[]).includes(text);

export function decide(
  command: AccessCommand,
  state: AccessState,
  facts: AccessFacts,
): readonly AccessEvent[] | Refusal {
  switch (command.type) {
    case 'IssueMemberExport':
      return issue(command, state, facts);
    case 'RecordDisclosure':
      return disclose(command, state, facts);
    default:
      return consult(command, facts);
  }
}

/** Days for which an export may be fetched at most. */
export const EXPORT_DAYS = 31;

function issue(
  command: IssueMemberExport,
  state: AccessState,
  { now, actor, isDelegate }: AccessFacts,
): readonly AccessEvent[] | Refusal {
  if (!isDelegate && !hasAnyRole(actor, 'Director', 'President')) return exportNeedsDirector();
  const { memberId, rightsId, exportId, sha256, expiresAt } = command;
  if (state.exports.some((one) => one.exportId === exportId)) return [];
  if (expiresAt <= now || expiresAt > plusMilliseconds(now, EXPORT_DAYS * DAY_MS)) return exportValidityWrong();
  const about = rightsId === undefined ? {} : { rightsId };
  const issued = { memberId, ...about, exportId, sha256, issuedBy: actor.staffId, issuedAt: now, expiresAt };
  return [event(MemberExportIssued, issued)];
}
const DAY_MS = 86_400_000;

/** Each consultation is a fact of its own: the same command twice is two of them. */
function consult(command: RecordConsultation, { now, actor }: AccessFacts): readonly AccessEvent[] | Refusal {
  const { memberId, sessionId, what, purpose, at } = command;
  if (!isOneOf(accessPurposes, purpose)) return purposeUnknown(undefined, [{ pointer: '/purpose', detail: 'inconnu' }]);
  if (!isOneOf(consultedParts, what)) return partUnknown(undefined, [{ pointer: '/what', detail: 'inconnue' }]);
  if (!hasAnyRole(actor, ...readers[purpose])) return notNeedToKnow();
  const future = refuseFutureInstant(at, now, '/at');
  if (future) return future;
  const session = sessionId === undefined ? {} : { sessionId };
  return [event(FileConsulted, { memberId, ...session, what, purpose, by: actor.staffId, at })];
}
