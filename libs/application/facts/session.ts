import type { CivilTime } from '#domain/calendar/civil-time.js';
import { custody } from '#domain/custody/custody.js';
import { request } from '#domain/request/request.js';
import { findAppointment, type RequestState } from '#domain/request/state.js';
import type { SessionCommand } from '#domain/session/commands.js';
import type { RequestStanding, SessionFacts } from '#domain/session/facts.js';
import { session } from '#domain/session/session.js';
import { hasBegun, type SessionState } from '#domain/session/state.js';
import type { LocalDate } from '#kernel/time.js';
import type { FactsInput, StateReader } from '../command.js';
import { baseFacts } from './base.js';
import type { SessionsOn } from './sessions-on.js';
import { associationRules, memberStanding, technicianStanding } from './standing.js';

type Input = FactsInput<SessionCommand, SessionState>;

/** @param reviewDays working days for a comment on a deviation; left out: five */
export const sessionBinding = (time: CivilTime, sessionsOn: SessionsOn, reviewDays?: number) => ({
  aggregate: session,
  facts: async (input: Input): Promise<SessionFacts> => {
    const { id, state, reader, now } = input;
    const { command } = input.envelope;
    const afterwards = command.type === 'RecordSessionAfterwards' ? command : undefined;
    const requestId = requestIdOf(id) ?? state.requestId ?? afterwards?.requestId;
    const found = requestId === undefined ? undefined : await reader.state(request, requestId);
    const memberId = found?.memberId ?? state.memberId ?? afterwards?.memberId;
    const technicianId = (command.type === 'StartSession' ? command : afterwards)?.technicianId ?? state.technicianId;
    const splits = afterwards !== undefined || command.type === 'StartSession';
    const day = time.toLocal(afterwards?.startedAt ?? now).date;
    const [rules, member, technician, otherSessionsThatDay] = await Promise.all([
      associationRules(reader),
      memberStanding(reader, memberId),
      technicianStanding(reader, technicianId),
      splits && memberId !== undefined ? othersThatDay(id, memberId, day, found, time, reader, sessionsOn) : [],
    ]);
    const held = command.type === 'DecideStrikeOut' && memberId !== undefined;
    const holds = held ? { custody: await reader.state(custody, memberId) } : {};
    const standing = found === undefined ? undefined : standingOf(found, id);
    return {
      time,
      ...rules,
      request: standing,
      member,
      technician,
      otherSessionsThatDay,
      ...(reviewDays === undefined ? {} : { reviewDays }),
      ...holds,
      ...baseFacts(input),
    };
  },
});

/** `<requestId>.<n>` → the request; undefined for a session that was recorded without an appointment. */
function requestIdOf(sessionId: string): string | undefined {
  const dot = sessionId.lastIndexOf('.');
  return dot < 0 ? undefined : sessionId.slice(0, dot);
}

function standingOf(state: RequestState, sessionId: string): RequestStanding | undefined {
  const { requestId, memberId, qualification, agreements } = state;
  if (requestId === undefined || memberId === undefined) return undefined;
  return {
    requestId,
    memberId,
    open: state.status === 'qualified',
    serviceCategories: qualification?.serviceCategories ?? [],
    specialisedSoftware: qualification?.specialisedSoftware,
    agreements,
    appointment: findAppointment(state, sessionId),
  };
}

/** Sessions of this request from their own streams, so that none is missed; those of other requests from the views. */
async function othersThatDay(
  sessionId: string,
  memberId: string,
  day: LocalDate,
  found: RequestState | undefined,
  time: CivilTime,
  reader: StateReader,
  sessionsOn: SessionsOn,
): Promise<readonly string[]> {
  const siblings = (found?.appointments ?? []).map((one) => one.sessionId).filter((one) => one !== sessionId);
  const [states, listed] = await Promise.all([
    Promise.all(siblings.map(async (one) => ({ sessionId: one, state: await reader.state(session, one) }))),
    sessionsOn(memberId, day),
  ]);
  const own = states.filter(
    ({ state }) => hasBegun(state) && state.startedAt !== undefined && time.toLocal(state.startedAt).date === day,
  );
  const others = listed.filter((one) => one.begun && one.sessionId !== sessionId);
  return [...new Set([...own, ...others].map((one) => one.sessionId))];
}
