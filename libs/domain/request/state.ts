import type { Instant } from '#kernel/time.js';
import type { StrikeOut } from '../shared/strike-out.js';
import type { Channel, CloseOutcome, DeclineReason, ServiceCategory } from './codes.js';

export interface Appointment {
  readonly sessionId: string;
  readonly technicianId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly exceptional: boolean;
  readonly charterVersionId: string;
  readonly cancelled: boolean;
  readonly advisedBy: readonly Channel[];
}

/** A slot outside the rules, granted and accepted beforehand (7.2 c). */
export interface ExceptionalAgreement {
  readonly slotStart: Instant;
  readonly slotEnd: Instant;
}

export interface Qualification {
  readonly serviceCategories: readonly ServiceCategory[];
  readonly specialisedSoftware: string | undefined;
  readonly skilledTechnicianId: string | undefined;
  readonly dataRecovery: boolean;
  readonly asAdvice: boolean;
}

export interface RequestState {
  readonly status: 'none' | 'received' | 'qualified' | 'declined' | 'closed';
  readonly requestId: string | undefined;
  readonly memberId: string | undefined;
  readonly charterVersionId: string | undefined;
  readonly declined: DeclineReason | undefined;
  readonly qualification: Qualification | undefined;
  readonly noGoZonesDeclared: boolean;
  readonly agreements: readonly ExceptionalAgreement[];
  /** In order of their numbers, cancelled ones included. */
  readonly appointments: readonly Appointment[];
  readonly outcome: CloseOutcome | undefined;
  readonly strikeOuts: readonly StrikeOut[];
  /** Types of the stream's events by event id: a report names one. */
  readonly eventTypes: Readonly<Record<string, string>>;
}

export const initialRequest: RequestState = {
  status: 'none',
  requestId: undefined,
  memberId: undefined,
  charterVersionId: undefined,
  declined: undefined,
  qualification: undefined,
  noGoZonesDeclared: false,
  agreements: [],
  appointments: [],
  outcome: undefined,
  strikeOuts: [],
  eventTypes: {},
};

export const findAppointment = (state: RequestState, sessionId: string): Appointment | undefined =>
  state.appointments.find((one) => one.sessionId === sessionId);

export const liveAppointments = (state: RequestState): readonly Appointment[] =>
  state.appointments.filter((one) => !one.cancelled);
