import { event } from '#kernel/define-event.js';
import { isRefusal, type Refusal } from '#kernel/refusal.js';
import { versionInForce } from '../charter/state.js';
import { noCharterInForce } from '../shared/service-refusals.js';
import { judgeSlot, refuseFuture, refuseMember, refuseTechnician } from '../shared/service-rules.js';
import type { CancelReason } from './codes.js';
import type { RequestCommand } from './commands.js';
import { AppointmentBooked, AppointmentCancelled, PreparationAdvised, type RequestEvent } from './events.js';
import type { RequestFacts } from './facts.js';
import { requestClosed, requestDeclined } from './refusals.js';
import {
  appointmentBegun,
  appointmentCancelled,
  appointmentOverlaps,
  appointmentUnknown,
  notQualified,
  slotPast,
  slotReversed,
} from './refusals-appointment.js';
import { type Appointment, findAppointment, liveAppointments, type RequestState } from './state.js';
import type { Known } from './whose.js';

type Of<T extends RequestCommand['type']> = Extract<RequestCommand, { readonly type: T }>;
type Answer = readonly RequestEvent[] | Refusal;
type Wanted = Pick<Appointment, 'technicianId' | 'startsAt' | 'endsAt'>;

export function book(command: Of<'BookAppointment'>, state: RequestState & Known, facts: RequestFacts): Answer {
  const { technicianId, startsAt, endsAt } = command;
  const wanted = { technicianId, startsAt, endsAt };
  if (liveAppointments(state).some((one) => isSame(one, wanted))) return [];
  const booked = booking(wanted, state, facts, undefined);
  return isRefusal(booked) ? booked : [booked];
}

export function move(command: Of<'MoveAppointment'>, state: RequestState & Known, facts: RequestFacts): Answer {
  const present = findAppointment(state, command.sessionId);
  if (present === undefined) return appointmentUnknown();
  const { startsAt, endsAt, technicianId = present.technicianId } = command;
  const wanted = { technicianId, startsAt, endsAt };
  if (liveAppointments(state).some((one) => isSame(one, wanted))) return [];
  if (present.cancelled) return appointmentCancelled();
  if (facts.sessionBegun) return appointmentBegun();
  const booked = booking(wanted, state, facts, present.sessionId);
  return isRefusal(booked) ? booked : [cancelled(state, present.sessionId, 'moved', facts), booked];
}

export function cancel(command: Of<'CancelAppointment'>, state: RequestState & Known, facts: RequestFacts): Answer {
  const present = findAppointment(state, command.sessionId);
  if (present === undefined) return appointmentUnknown();
  if (present.cancelled) return [];
  if (facts.sessionBegun) return appointmentBegun();
  return [cancelled(state, present.sessionId, command.reason, facts)];
}

export function advisePreparation(
  command: Of<'AdvisePreparation'>,
  state: RequestState & Known,
  facts: RequestFacts,
): Answer {
  const { sessionId, channel } = command;
  const present = findAppointment(state, sessionId);
  if (present === undefined) return appointmentUnknown();
  if (present.cancelled) return appointmentCancelled();
  if (present.advisedBy.includes(channel)) return [];
  const { requestId, memberId } = state;
  const advised = { requestId, memberId, sessionId, channel, at: command.at ?? facts.now };
  return refuseFuture(command.at, facts.now) ?? [event(PreparationAdvised, advised)];
}

/** @param replaces the appointment that makes way */
function booking(wanted: Wanted, state: RequestState & Known, facts: RequestFacts, replaces: string | undefined) {
  const { technicianId, startsAt, endsAt } = wanted;
  const { requestId, memberId, qualification } = state;
  const { now, time } = facts;
  if (state.status === 'declined') return requestDeclined();
  if (state.status === 'closed') return requestClosed();
  if (state.status !== 'qualified' || qualification === undefined) return notQualified();
  if (endsAt <= startsAt) return slotReversed(undefined, [{ pointer: '/endsAt', detail: 'avant /startsAt' }]);
  if (startsAt < now) return slotPast(undefined, [{ pointer: '/startsAt', detail: 'passé' }]);
  const day = time.toLocal(startsAt).date;
  const refusal =
    refuseMember(facts.member, time.toLocal(now).date) ??
    refuseTechnician(facts.technician, day, qualification.specialisedSoftware);
  if (refusal) return refusal;
  const version = versionInForce(facts.charter, day);
  if (version === undefined) return noCharterInForce();
  const judged = judgeSlot(wanted, version.parameters, state.agreements, facts);
  if (isRefusal(judged)) return judged;
  const others = liveAppointments(state).filter((one) => one.sessionId !== replaces);
  if (others.some((one) => one.startsAt < endsAt && startsAt < one.endsAt)) return appointmentOverlaps();
  const own = others.filter((one) => time.toLocal(one.startsAt).date === day).map((one) => one.sessionId);
  const sameDaySessionIds = [...new Set([...own, ...facts.otherSessionsThatDay])];
  return event(AppointmentBooked, {
    requestId,
    memberId,
    sessionId: `${requestId}.${state.appointments.length + 1}`,
    technicianId,
    startsAt,
    endsAt,
    exceptional: judged.exceptional,
    charterVersionId: version.charterVersionId,
    ...(sameDaySessionIds.length === 0 ? {} : { sameDaySessionIds }),
    ...(replaces === undefined ? {} : { replaces }),
  });
}

const cancelled = ({ requestId, memberId }: Known, sessionId: string, reason: CancelReason, facts: RequestFacts) =>
  event(AppointmentCancelled, { requestId, memberId, sessionId, reason, cancelledAt: facts.now });

const isSame = (one: Wanted, other: Wanted): boolean =>
  one.technicianId === other.technicianId && one.startsAt === other.startsAt && one.endsAt === other.endsAt;
