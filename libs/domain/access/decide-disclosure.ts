import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { lintFields } from '../lint/lint-fields.js';
import { hasAnyRole } from '../shared/facts.js';
import { refuseFutureInstant } from '../shared/refusals.js';
import type { RecordDisclosure } from './commands.js';
import { type AccessEvent, type DisclosedTo, type DisclosureReason, FileDisclosed } from './events.js';
import type { AccessFacts } from './facts.js';
import {
  disclosedMemberUnknown,
  disclosureGroundWrong,
  disclosureNeedsDirector,
  recipientNotRegistered,
} from './refusals.js';
import type { AccessState } from './state.js';

/** What opens the file to whom, outside a complaint (4.1): the law, a claim, a contract on record, or the member. */
const reasons: Readonly<Record<DisclosedTo, readonly DisclosureReason[]>> = {
  authority: ['legal-obligation'],
  court: ['legal-obligation', 'legal-claim'],
  processor: ['processor-contract'],
  designee: ['member-request'],
};

/** Nobody outside receives anything without a ground, and no processor that is not on record with its contract (4.2 b, A8). */
export function disclose(
  command: RecordDisclosure,
  state: AccessState,
  facts: AccessFacts,
): readonly AccessEvent[] | Refusal {
  if (!hasAnyRole(facts.actor, 'Director', 'President')) return disclosureNeedsDirector();
  if (state.disclosures.includes(command.disclosureId)) return [];
  if (!facts.memberKnown) return disclosedMemberUnknown();
  if (!reasons[command.recipient].includes(command.ground))
    return disclosureGroundWrong(undefined, [{ pointer: '/ground', detail: 'ne convient pas' }]);
  if (command.recipient === 'processor' && !facts.processorRegistered)
    return recipientNotRegistered(undefined, [{ pointer: '/recordId', detail: 'aucun contrat ce jour-là' }]);
  const { type: _, ...disclosed } = command;
  return (
    refuseFutureInstant(command.sentAt, facts.now, '/sentAt') ??
    lintFields({ '/recipientName': command.recipientName, '/note': command.note }).refusal ?? [
      event(FileDisclosed, { ...disclosed, by: facts.actor.staffId }),
    ]
  );
}
