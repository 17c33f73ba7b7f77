import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { refusePersonal } from '../lint/lint-fields.js';
import { hasAnyRole } from '../shared/facts.js';
import { linted } from '../shared/linted.js';
import { skillMissing } from '../shared/service-refusals.js';
import { letterFor } from './codes.js';
import type { RequestCommand } from './commands.js';
import { RequestClosed, RequestDeclined, type RequestEvent, RequestQualified } from './events.js';
import type { RequestFacts } from './facts.js';
import {
  adviceNeedsLead,
  appointmentPending,
  categoryMissing,
  contentCreationExcluded,
  noGuaranteeUnacknowledged,
  notContentRequest,
  onSiteExcluded,
  requestClosed,
  requestDeclined,
} from './refusals.js';
import { liveAppointments, type Qualification, type RequestState } from './state.js';
import type { Known } from './whose.js';

type Of<T extends RequestCommand['type']> = Extract<RequestCommand, { readonly type: T }>;
type Answer = readonly RequestEvent[] | Refusal;

export function qualify(command: Of<'QualifyRequest'>, state: RequestState & Known, facts: RequestFacts): Answer {
  if (state.status === 'closed') return requestClosed();
  if (state.status === 'declined') return requestDeclined();
  if (command.contentCreation === true) return contentCreationExcluded();
  if (command.onSite === true) return onSiteExcluded();
  const { specialisedSoftware, skilledTechnicianId, dataRecovery = false, noGuaranteeAck } = command;
  const serviceCategories = [...new Set(command.serviceCategories)];
  if (serviceCategories.length === 0)
    return categoryMissing(undefined, [{ pointer: '/serviceCategories', detail: 'une au moins' }]);
  if (dataRecovery && noGuaranteeAck !== true) return noGuaranteeUnacknowledged();
  const plain = refusePersonal({ '/specialisedSoftware': specialisedSoftware });
  if (plain) return plain;
  if (specialisedSoftware !== undefined) {
    const { technician } = facts;
    const named = technician !== undefined && technician.staffId === skilledTechnicianId;
    if (!named || !technician.isSkilledIn(specialisedSoftware)) return skillMissing();
  }
  const text = linted({ '/scope': command.scope });
  if (text.refusal) return text.refusal;
  const wanted = { serviceCategories, specialisedSoftware, skilledTechnicianId, dataRecovery, asAdvice: false };
  if (state.qualification && sameQualification(state.qualification, wanted)) return [];
  if (liveAppointments(state).length > 0) return appointmentPending();
  const { requestId, memberId } = state;
  const optional = {
    ...(specialisedSoftware === undefined ? {} : { specialisedSoftware }),
    ...(specialisedSoftware === undefined || skilledTechnicianId === undefined ? {} : { skilledTechnicianId }),
    ...(noGuaranteeAck === undefined ? {} : { noGuaranteeAck }),
  };
  const { scope } = command;
  const found = { serviceCategories, scope, dataRecovery, asAdvice: false, ...optional, ...text.warnings };
  return [event(RequestQualified, { requestId, memberId, ...found })];
}

export function requalifyAsAdvice(
  command: Of<'RequalifyAsAdvice'>,
  state: RequestState & Known,
  facts: RequestFacts,
): Answer {
  if (!hasAnyRole(facts.actor, 'SupportLead', 'Director')) return adviceNeedsLead();
  if (state.status === 'closed') return requestClosed();
  if (state.qualification?.asAdvice === true) return [];
  if (state.status === 'qualified' || (state.status === 'declined' && state.declined !== 'content-creation'))
    return notContentRequest();
  const serviceCategories = [...new Set(command.serviceCategories ?? (['office-advice'] as const))];
  if (serviceCategories.length === 0)
    return categoryMissing(undefined, [{ pointer: '/serviceCategories', detail: 'une au moins' }]);
  const { scope } = command;
  const text = linted({ '/scope': scope });
  if (text.refusal) return text.refusal;
  const { requestId, memberId } = state;
  const found = { serviceCategories, scope, dataRecovery: false, asAdvice: true, ...text.warnings };
  return [event(RequestQualified, { requestId, memberId, ...found })];
}

export function decline(command: Of<'DeclineRequest'>, state: RequestState & Known): Answer {
  const { reason } = command;
  if (state.status === 'closed') return requestClosed();
  if (state.status === 'declined') return state.declined === reason ? [] : requestDeclined();
  if (liveAppointments(state).length > 0) return appointmentPending();
  const { requestId, memberId } = state;
  return [event(RequestDeclined, { requestId, memberId, reason, letterTemplate: letterFor(reason) })];
}

export function close(command: Of<'CloseRequest'>, state: RequestState & Known, facts: RequestFacts): Answer {
  const { outcome } = command;
  if (state.status === 'closed') return state.outcome === outcome ? [] : requestClosed();
  if (liveAppointments(state).some((one) => one.endsAt > facts.now)) return appointmentPending();
  const { requestId, memberId } = state;
  return [event(RequestClosed, { requestId, memberId, outcome, closedAt: facts.now })];
}

const sameQualification = (one: Qualification, other: Qualification): boolean =>
  one.serviceCategories.join() === other.serviceCategories.join() &&
  one.specialisedSoftware === other.specialisedSoftware &&
  one.dataRecovery === other.dataRecovery &&
  one.asAdvice === other.asAdvice;
