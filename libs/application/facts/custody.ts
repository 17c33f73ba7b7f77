import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { CustodyCommand } from '#domain/custody/commands.js';
import { custody } from '#domain/custody/custody.js';
import type { CustodyFacts } from '#domain/custody/facts.js';
import type { CustodyState } from '#domain/custody/state.js';
import { session } from '#domain/session/session.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

export const custodyBinding = (time: CivilTime) => ({
  aggregate: custody,
  facts: async (input: FactsInput<CustodyCommand, CustodyState>): Promise<CustodyFacts> => ({
    ...baseFacts(input),
    time,
    runningCells: await runningCells(input),
  }),
});

/** Only the sessions that a condemnation touches are looked at. */
async function runningCells({ envelope, reader }: FactsInput<CustodyCommand, CustodyState>): Promise<string[]> {
  const { command } = envelope;
  if (command.type !== 'CondemnCells') return [];
  const states = command.cells.map(async (cell) => {
    const sessionId = sessionOf(cell);
    if (sessionId === undefined) return [];
    const { status } = await reader.state(session, sessionId);
    return status === 'running' || status === 'paused' ? [cell] : [];
  });
  return (await Promise.all(states)).flat();
}

/** `<memberId>/session:<id>` and what lies below it → the session's id. */
const sessionOf = (cell: string): string | undefined => /^[^/]+\/session:([^/]+)/.exec(cell)?.[1];
