import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { IncidentCommand } from '#domain/incident/commands.js';
import type { IncidentFacts } from '#domain/incident/facts.js';
import { incident } from '#domain/incident/incident.js';
import type { IncidentState } from '#domain/incident/state.js';
import { member } from '#domain/member/member.js';
import { session } from '#domain/session/session.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';
import { gridCells } from './rights.js';

type Input = FactsInput<IncidentCommand, IncidentState>;

/** @param breachHours within which the authority is told */
export const incidentBinding = (time: CivilTime, breachHours: number) => ({
  aggregate: incident,
  facts: async (input: Input): Promise<IncidentFacts> => ({
    // the 72 hours pass over no day, so that no closing day is asked for
    calendar: { civilTime: time, isClosed: () => false },
    breachHours,
    ...(await touched(input)),
    ...baseFacts(input),
  }),
});

/** So that an event never holds more than its 2000 cells. */
const MOST_EXPANDED = 10;
const MOST_CELLS = 100;

/** What the sessions and members named are sealed under, from their own streams and the keys that live. */
async function touched({ reader, envelope, cells: cellsOf }: Input): Promise<Pick<IncidentFacts, 'cells' | 'unknown'>> {
  const { command } = envelope;
  if (!('sessionIds' in command)) return { cells: [], unknown: [] };
  const cells = new Set<string>();
  const members: string[] = [];
  const unknown: string[] = [];
  for (const sessionId of new Set(command.sessionIds)) {
    const { memberId } = await reader.state(session, sessionId);
    if (memberId === undefined) unknown.push(sessionId);
    else cells.add(`${memberId}/session:${sessionId}`);
  }
  for (const memberId of new Set(command.memberIds)) {
    const { registered } = await reader.state(member, memberId);
    if (registered) members.push(memberId);
    else unknown.push(memberId);
  }
  // many members: each stands for all that lies below it
  const expand = members.length <= MOST_EXPANDED;
  for (const memberId of members) {
    const below = expand ? gridCells(await cellsOf(memberId)).slice(0, MOST_CELLS) : [];
    for (const cell of below.length === 0 ? [memberId] : below) cells.add(cell);
  }
  return { cells: [...cells], unknown };
}
