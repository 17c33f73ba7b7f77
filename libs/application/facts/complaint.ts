import { association } from '#domain/association/association.js';
import { recordsOn } from '#domain/association/state.js';
import type { CivilTime } from '#domain/calendar/civil-time.js';
import { isClosed } from '#domain/calendar/state.js';
import { type CharterParameters, fallbackParameters } from '#domain/charter/parameters.js';
import { type CharterState, findVersion, versionInForce } from '#domain/charter/state.js';
import type { ComplaintCommand } from '#domain/complaint/commands.js';
import { complaint } from '#domain/complaint/complaint.js';
import type { ComplaintFacts, SessionConcerned } from '#domain/complaint/facts.js';
import type { ComplaintState } from '#domain/complaint/state.js';
import type { ClockSettings } from '#domain/deadlines/clocks.js';
import { member } from '#domain/member/member.js';
import { findRepresentative, initialMember } from '#domain/member/state.js';
import { request } from '#domain/request/request.js';
import { findAppointment } from '#domain/request/state.js';
import { session } from '#domain/session/session.js';
import { hasBegun } from '#domain/session/state.js';
import { staff } from '#domain/staff/staff.js';
import { holdsOffice } from '#domain/staff/state.js';
import type { LocalDate } from '#kernel/time.js';
import type { FactsInput, StateReader } from '../command.js';
import { baseFacts } from './base.js';
import { associationRules } from './standing.js';

type Input = FactsInput<ComplaintCommand, ComplaintState>;

export const complaintBinding = (time: CivilTime, settings: ClockSettings) => ({
  aggregate: complaint,
  facts: async (input: Input): Promise<ComplaintFacts> => {
    const { envelope, reader, now, state } = input;
    const { command } = envelope;
    const today = time.toLocal(now).date;
    const { charter, closures } = await associationRules(reader);
    const parameters = versionInForce(charter, today)?.parameters ?? fallbackParameters;
    const filing = command.type === 'FileComplaint' ? command : undefined;
    const sessions = await Promise.all(
      [...new Set(filing?.sessionIds ?? [])].map((one) => concerned(reader, one, charter, time)),
    );
    const memberId = state?.memberId ?? filing?.memberId ?? sessions[0]?.memberId;
    const about = filing && memberId !== undefined ? memberId : undefined;
    const [known, cells, people, types] = await Promise.all([
      about === undefined ? initialMember : reader.state(member, about),
      about === undefined ? [] : input.cells(about),
      peopleAmong(reader, namedStaff(command, sessions), (found) => holdsOffice(found, 'director', today)),
      command.type === 'QualifyComplaint' ? eventTypes(reader, command.evidence) : new Map<string, string>(),
    ]);
    const representative =
      filing?.representativeId === undefined ? undefined : findRepresentative(known, filing.representativeId);
    return {
      calendar: { civilTime: time, isClosed: (day) => isClosed(closures, day) },
      parameters,
      settings,
      memberId,
      memberKnown: known.registered,
      memberErased: cells.some(({ cell, state: standing }) => isIdentity(cell, memberId) && standing === 'destroyed'),
      minor: known.minor,
      representativeCapacity: representative?.capacity,
      sessions,
      ...people,
      ...(command.type === 'CloseComplaint' ? { mediatorRecorded: await hasMediator(reader, today) } : {}),
      eventType: (sessionId, eventId) => types.get(`${sessionId} ${eventId}`),
      ...baseFacts(input),
    };
  },
});

const hasMediator = async (reader: StateReader, day: LocalDate): Promise<boolean> =>
  recordsOn(await reader.state(association, 'records'), 'mediator', day).length > 0;

/** The member's identity, or the member as a whole. */
const isIdentity = (cell: string, memberId: string | undefined): boolean =>
  cell === memberId || cell === `${memberId}/identity`;

/** A session as its own stream tells it. Only one that took place is concerned by a complaint. */
export async function concerned(
  reader: StateReader,
  sessionId: string,
  charter: CharterState,
  time: CivilTime,
): Promise<SessionConcerned> {
  const found = await reader.state(session, sessionId);
  const took = hasBegun(found);
  const requestId = found.requestId ?? requestOf(sessionId);
  // Booked and never begun: nobody came, say, and the request alone knows of it.
  const asked = took || requestId === undefined ? undefined : await reader.state(request, requestId);
  const booked = asked === undefined ? undefined : findAppointment(asked, sessionId);
  return {
    sessionId,
    memberId: found.memberId ?? (booked === undefined ? undefined : asked?.memberId),
    requestId,
    technicianId: found.technicianId ?? booked?.technicianId,
    endedAt: took ? found.endedAt : undefined,
    parameters: parametersOf(
      charter,
      found.charterVersionId,
      found.endedAt === undefined ? undefined : time.toLocal(found.endedAt).date,
    ),
  };
}

/** `<requestId>.<n>`; undefined for a session that was recorded without an appointment. */
function requestOf(sessionId: string): string | undefined {
  const dot = sessionId.lastIndexOf('.');
  return dot < 0 ? undefined : sessionId.slice(0, dot);
}

function parametersOf(
  charter: CharterState,
  versionId: string | undefined,
  day: Parameters<typeof versionInForce>[1] | undefined,
): CharterParameters {
  const version =
    (versionId === undefined ? undefined : findVersion(charter, versionId)) ??
    (day === undefined ? charter.versions.at(-1) : versionInForce(charter, day));
  return version?.parameters ?? fallbackParameters;
}

const namedStaff = (command: ComplaintCommand, sessions: readonly SessionConcerned[]): readonly string[] => {
  if (command.type === 'OpenInvestigation') return [command.inquirerId];
  if (command.type !== 'FileComplaint') return [];
  return [...new Set([...command.against, ...sessions.flatMap((one) => one.technicianId ?? [])])];
};

type StaffFolded = Parameters<typeof holdsOffice>[0];

async function peopleAmong(
  reader: StateReader,
  named: readonly string[],
  isDirector: (state: StaffFolded) => boolean,
): Promise<Pick<ComplaintFacts, 'knownStaff' | 'directors'>> {
  const states = await Promise.all(named.map(async (id) => ({ id, state: await reader.state(staff, id) })));
  return {
    knownStaff: states.filter(({ state }) => state.registered).map(({ id }) => id),
    directors: states.filter(({ state }) => isDirector(state)).map(({ id }) => id),
  };
}

/** Types of the events that are named, from the sessions' own streams; nothing is opened. */
async function eventTypes(
  reader: StateReader,
  evidence: readonly { readonly sessionId: string; readonly eventId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const sessionId of new Set(evidence.map((one) => one.sessionId))) {
    const state = await reader.state(session, sessionId);
    for (const { eventId } of evidence) {
      const type = Object.hasOwn(state.eventTypes, eventId) ? state.eventTypes[eventId] : undefined;
      if (type !== undefined) found.set(`${sessionId} ${eventId}`, type);
    }
  }
  return found;
}
