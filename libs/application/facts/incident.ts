import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { IncidentCommand } from '#domain/incident/commands.js';
import type { IncidentFacts } from '#domain/incident/facts.js';
import { incident } from '#domain/incident/incident.js';
import type { IncidentState } from '#domain/incident/state.js';
import { member } from '#domain/member/member.js';
import { session } from '#domain/session/session.js';
import type { FactsInput, StateReader } from '../command.js';
import { baseFacts } from './base.js';

type Input = FactsInput<IncidentCommand, IncidentState>;

export const incidentBinding = (time: CivilTime) => ({
  aggregate: incident,
  facts: async (input: Input): Promise<IncidentFacts> => ({
    ...baseFacts(input),
    // the 72 hours pass over no day, so that no closing day is asked for
    calendar: { civilTime: time, isClosed: () => false },
    ...(await touched(input.reader, input.envelope.command)),
  }),
});

/** What the sessions and members named are sealed under, from their own streams. */
async function touched(
  reader: StateReader,
  command: IncidentCommand,
): Promise<Pick<IncidentFacts, 'cells' | 'unknown'>> {
  if (!('sessionIds' in command)) return { cells: [], unknown: [] };
  const cells = new Set<string>();
  const unknown: string[] = [];
  for (const sessionId of new Set(command.sessionIds)) {
    const { memberId } = await reader.state(session, sessionId);
    if (memberId === undefined) unknown.push(sessionId);
    else cells.add(`${memberId}/session:${sessionId}`);
  }
  for (const memberId of new Set(command.memberIds)) {
    const { registered } = await reader.state(member, memberId);
    if (registered) cells.add(memberId);
    else unknown.push(memberId);
  }
  return { cells: [...cells], unknown };
}
