import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { type BaseFacts, hasAnyRole, type Role } from '../shared/facts.js';
import { refuseFutureInstant } from '../shared/refusals.js';
import type { AccessCommand } from './commands.js';
import { type AccessEvent, type AccessPurpose, accessPurposes, consultedParts, FileConsulted } from './events.js';
import { notNeedToKnow, partUnknown, purposeUnknown } from './refusals.js';
import type { AccessState } from './state.js';

export type AccessFacts = BaseFacts;

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

/** Each consultation is a fact of its own: the same command twice is two of them. */
export function decide(
  command: AccessCommand,
  _state: AccessState,
  { now, actor }: AccessFacts,
): readonly AccessEvent[] | Refusal {
  const { memberId, sessionId, what, purpose, at } = command;
  if (!isOneOf(accessPurposes, purpose)) return purposeUnknown(undefined, [{ pointer: '/purpose', detail: 'inconnu' }]);
  if (!isOneOf(consultedParts, what)) return partUnknown(undefined, [{ pointer: '/what', detail: 'inconnue' }]);
  if (!hasAnyRole(actor, ...readers[purpose])) return notNeedToKnow();
  const future = refuseFutureInstant(at, now, '/at');
  if (future) return future;
  const session = sessionId === undefined ? {} : { sessionId };
  return [event(FileConsulted, { memberId, ...session, what, purpose, by: actor.staffId, at })];
}
