import type { CivilTime } from '#domain/calendar/civil-time.js';
import { isClosed } from '#domain/calendar/state.js';
import { fallbackParameters } from '#domain/charter/parameters.js';
import { versionInForce } from '#domain/charter/state.js';
import { custody } from '#domain/custody/custody.js';
import { initialCustody } from '#domain/custody/state.js';
import { member } from '#domain/member/member.js';
import { findRepresentative } from '#domain/member/state.js';
import type { RightsCommand } from '#domain/rights/commands.js';
import { MOST_LINES } from '#domain/rights/events.js';
import type { RightsFacts } from '#domain/rights/facts.js';
import { rights } from '#domain/rights/rights.js';
import type { RightsState } from '#domain/rights/state.js';
import type { CellListing } from '#ports/key-vault/key-vault.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';
import { isDelegate } from './delegate.js';
import { runningAmong } from './running-cells.js';
import { associationRules } from './standing.js';

/** @param mostLines of a grid in one event: fewer, for tests of decisions that take several */
export const rightsBinding = (time: CivilTime, mostLines = MOST_LINES) => ({
  aggregate: rights,
  facts: async (input: FactsInput<RightsCommand, RightsState>): Promise<RightsFacts> => {
    const { envelope, state, reader, now } = input;
    const { command } = envelope;
    const memberId = state?.memberId ?? (command.type === 'ReceiveRightsRequest' ? command.memberId : undefined);
    const today = time.toLocal(now).date;
    const [{ charter, closures }, delegate, known, held, listed] = await Promise.all([
      associationRules(reader),
      isDelegate(input, time),
      memberId === undefined ? undefined : reader.state(member, memberId),
      memberId === undefined ? initialCustody : reader.state(custody, memberId),
      memberId === undefined ? [] : input.cells(memberId),
    ]);
    const cells = gridCells(listed);
    const asks = command.type === 'ReceiveRightsRequest' ? command.representativeId : undefined;
    const representative = known && asks !== undefined ? findRepresentative(known, asks) : undefined;
    return {
      calendar: { civilTime: time, isClosed: (day) => isClosed(closures, day) },
      parameters: versionInForce(charter, today)?.parameters ?? fallbackParameters,
      memberKnown: known?.registered ?? false,
      minor: known?.minor ?? false,
      representativeCapacity: representative?.capacity,
      custody: held,
      cells,
      runningCells: command.type === 'DecideRightsRequest' ? await runningAmong(cells, reader) : [],
      mostLines,
      isDelegate: delegate,
      ...baseFacts(input),
    };
  },
});

/**
 * The cells that a grid decides on: the living ones that stand directly below the member. A session of which only
 * strikeable texts are sealed has no key of its own, but it has its line all the same.
 */
export function gridCells(listed: readonly CellListing[]): readonly string[] {
  const dead = new Set(listed.flatMap(({ cell, state }) => (state === 'destroyed' ? [cell as string] : [])));
  const tops = listed
    .filter(({ state }) => state === 'living')
    .map(({ cell }) => cell.split('/').slice(0, 2).join('/'))
    .filter((cell) => cell.includes('/') && !dead.has(cell));
  return [...new Set(tops)].sort();
}
