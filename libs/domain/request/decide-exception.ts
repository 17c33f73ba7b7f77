import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { hasAnyRole } from '../shared/facts.js';
import { linted } from '../shared/linted.js';
import { refuseFuture, refuseMember } from '../shared/service-rules.js';
import type { RequestCommand } from './commands.js';
import { ExceptionalSlotAgreed, type RequestEvent } from './events.js';
import type { RequestFacts } from './facts.js';
import { requestClosed, requestDeclined } from './refusals.js';
import { exceptionNeedsLead, exceptionNotAccepted, exceptionTooLate, slotReversed } from './refusals-appointment.js';
import type { RequestState } from './state.js';
import type { Known } from './whose.js';

type Command = Extract<RequestCommand, { readonly type: 'AgreeExceptionalSlot' }>;

/** Granted by who may, accepted by the member, and both before the slot (7.2 c). */
export function agreeExceptionalSlot(
  command: Command,
  state: RequestState & Known,
  facts: RequestFacts,
): readonly RequestEvent[] | Refusal {
  const { slotStart, slotEnd, memberAcceptedAt, acceptanceMode, reason, note } = command;
  const { now, actor } = facts;
  if (!hasAnyRole(actor, 'SupportLead', 'Director')) return exceptionNeedsLead();
  if (state.status === 'declined') return requestDeclined();
  if (state.status === 'closed') return requestClosed();
  if (slotEnd <= slotStart) return slotReversed(undefined, [{ pointer: '/slotEnd', detail: 'avant /slotStart' }]);
  if (state.agreements.some((one) => one.slotStart === slotStart && one.slotEnd === slotEnd)) return [];
  if (now >= slotStart) return exceptionTooLate();
  if (memberAcceptedAt === undefined || acceptanceMode === undefined)
    return exceptionNotAccepted(undefined, [
      { pointer: memberAcceptedAt === undefined ? '/memberAcceptedAt' : '/acceptanceMode', detail: 'manque' },
    ]);
  const text = linted({ '/note': note });
  const refusal =
    refuseMember(facts.member, facts.time.toLocal(now).date) ??
    refuseFuture(memberAcceptedAt, now, '/memberAcceptedAt') ??
    text.refusal;
  if (refusal) return refusal;
  const { requestId, memberId } = state;
  return [
    event(ExceptionalSlotAgreed, {
      requestId,
      memberId,
      slotStart,
      slotEnd,
      grantedBy: actor.staffId,
      grantedAs: hasAnyRole(actor, 'SupportLead') ? 'SupportLead' : 'Director',
      grantedAt: now,
      memberAcceptedAt,
      acceptanceMode,
      reason,
      ...(note === undefined ? {} : { note }),
      ...text.warnings,
    }),
  ];
}
