import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { CustodyCommand } from '#domain/custody/commands.js';
import { custody } from '#domain/custody/custody.js';
import type { CustodyFacts } from '#domain/custody/facts.js';
import type { CustodyState } from '#domain/custody/state.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';
import { runningAmong } from './running-cells.js';

export const custodyBinding = (time: CivilTime) => ({
  aggregate: custody,
  facts: async (input: FactsInput<CustodyCommand, CustodyState>): Promise<CustodyFacts> => ({
    time,
    // Only the sessions that a condemnation touches are looked at.
    runningCells:
      input.envelope.command.type === 'CondemnCells'
        ? await runningAmong(input.envelope.command.cells, input.reader)
        : [],
    livingCells: input.envelope.command.type === 'PlaceLegalHold' ? await living(input) : [],
    ...baseFacts(input),
  }),
});

const living = async ({ id, cells }: FactsInput<CustodyCommand, CustodyState>): Promise<readonly string[]> =>
  (await cells(id)).flatMap(({ cell, state }) => (state === 'living' ? [cell] : []));
