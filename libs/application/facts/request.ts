import type { CivilTime } from '#domain/calendar/civil-time.js';
import { custody } from '#domain/custody/custody.js';
import type { RequestCommand } from '#domain/request/commands.js';
import type { RequestFacts } from '#domain/request/facts.js';
import { request } from '#domain/request/request.js';
import { findAppointment, type RequestState } from '#domain/request/state.js';
import { session } from '#domain/session/session.js';
import { hasBegun } from '#domain/session/state.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';
import type { SessionsOn } from './sessions-on.js';
import { associationRules, memberStanding, technicianStanding } from './standing.js';

export const requestBinding = (time: CivilTime, sessionsOn: SessionsOn) => ({
  aggregate: request,
  facts: async (input: FactsInput<RequestCommand, RequestState>): Promise<RequestFacts> => {
    const { state, reader } = input;
    const { command } = input.envelope;
    const memberId = state.memberId ?? (command.type === 'RequestSupport' ? command.memberId : undefined);
    const [rules, member, technician, otherSessionsThatDay, sessionBegun] = await Promise.all([
      associationRules(reader),
      memberStanding(reader, memberId),
      technicianStanding(reader, technicianOf(command, state)),
      othersThatDay(command, state, time, sessionsOn),
      hasSessionBegun(input),
    ]);
    const decides = command.type === 'DecideRequestTextStrikeOut' && memberId !== undefined;
    const holds = decides ? { custody: await reader.state(custody, memberId) } : {};
    return { time, member, technician, otherSessionsThatDay, sessionBegun, ...baseFacts(input), ...rules, ...holds };
  },
});

function technicianOf(command: RequestCommand, state: RequestState): string | undefined {
  switch (command.type) {
    case 'BookAppointment':
      return command.technicianId;
    case 'MoveAppointment':
      return command.technicianId ?? findAppointment(state, command.sessionId)?.technicianId;
    case 'QualifyRequest':
      return command.skilledTechnicianId;
    default:
      return undefined;
  }
}

async function othersThatDay(
  command: RequestCommand,
  state: RequestState,
  time: CivilTime,
  sessionsOn: SessionsOn,
): Promise<readonly string[]> {
  if (command.type !== 'BookAppointment' && command.type !== 'MoveAppointment') return [];
  if (state.memberId === undefined) return [];
  const found = await sessionsOn(state.memberId, time.toLocal(command.startsAt).date);
  const own = new Set(state.appointments.map((one) => one.sessionId));
  return found.map((one) => one.sessionId).filter((sessionId) => !own.has(sessionId));
}

async function hasSessionBegun({ envelope, reader }: FactsInput<RequestCommand, RequestState>): Promise<boolean> {
  const { command } = envelope;
  if (command.type !== 'MoveAppointment' && command.type !== 'CancelAppointment') return false;
  return hasBegun(await reader.state(session, command.sessionId));
}
