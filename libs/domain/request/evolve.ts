import { never } from '#kernel/decider.js';
import { withDecision, withReport } from '../shared/strike-out.js';
import type { SealedRequestEvent } from './events.js';
import type { Appointment, RequestState } from './state.js';

export function evolve(before: RequestState, event: SealedRequestEvent): RequestState {
  const state = { ...before, eventTypes: { ...before.eventTypes, [event.meta.eventId]: event.type } };
  switch (event.type) {
    case 'SupportRequested': {
      const { requestId, memberId, charterVersionId } = event.data;
      return { ...state, status: 'received', requestId, memberId, charterVersionId };
    }
    case 'RequestQualified': {
      const { serviceCategories, specialisedSoftware, skilledTechnicianId, dataRecovery, asAdvice } = event.data;
      const qualification = { serviceCategories, specialisedSoftware, skilledTechnicianId, dataRecovery, asAdvice };
      return { ...state, status: 'qualified', declined: undefined, qualification };
    }
    case 'NoGoZonesDeclared':
      return { ...state, noGoZonesDeclared: true };
    case 'RequestDeclined':
      return { ...state, status: 'declined', declined: event.data.reason };
    case 'ExceptionalSlotAgreed': {
      const { slotStart, slotEnd } = event.data;
      return { ...state, agreements: [...state.agreements, { slotStart, slotEnd }] };
    }
    case 'AppointmentBooked': {
      const { sessionId, technicianId, startsAt, endsAt, exceptional, charterVersionId } = event.data;
      const booked = { sessionId, technicianId, startsAt, endsAt, exceptional, charterVersionId };
      return { ...state, appointments: [...state.appointments, { ...booked, cancelled: false, advisedBy: [] }] };
    }
    case 'AppointmentCancelled':
      return change(state, event.data.sessionId, (one) => ({ ...one, cancelled: true }));
    case 'PreparationAdvised': {
      const { channel, sessionId } = event.data;
      return change(state, sessionId, (one) => ({ ...one, advisedBy: [...one.advisedBy, channel] }));
    }
    case 'RequestClosed':
      return { ...state, status: 'closed', outcome: event.data.outcome };
    case 'RequestTextReported': {
      const { strikeOutId, targetEventId, field } = event.data;
      return { ...state, strikeOuts: withReport(state.strikeOuts, { strikeOutId, targetEventId, field }) };
    }
    case 'RequestTextStrikeOutDecided': {
      const { strikeOutId, decision } = event.data;
      return { ...state, strikeOuts: withDecision(state.strikeOuts, strikeOutId, decision) };
    }
    default:
      return never(event);
  }
}

const change = (state: RequestState, sessionId: string, to: (one: Appointment) => Appointment): RequestState => ({
  ...state,
  appointments: state.appointments.map((one) => (one.sessionId === sessionId ? to(one) : one)),
});
