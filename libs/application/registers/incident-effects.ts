import { custody } from '#domain/custody/custody.js';
import { holdOn, isCondemned } from '#domain/custody/state.js';
import { isWithinCell } from '#kernel/sealed.js';
import type { StateReader } from '../command.js';

/** What became of data that an incident touched. `condemned`: its destruction is decided and not yet through. */
export interface IncidentEffect {
  readonly cell: string;
  /** `member`, `identity`, `session`, `request`, `complaint`, `rights`, `letter`. */
  readonly kind: string;
  readonly standing: 'kept' | 'held' | 'condemned' | 'destroyed';
}

/** Where each cell stands now, by the streams of custody: nothing is opened. */
export async function incidentEffects(
  reader: StateReader,
  cells: readonly string[],
): Promise<readonly IncidentEffect[]> {
  const members = [...new Set(cells.map((cell) => memberOf(cell)))];
  const states = new Map(await Promise.all(members.map(async (id) => [id, await reader.state(custody, id)] as const)));
  return cells.map((cell) => {
    const kind = /^[^/]+\/([a-z]+)/.exec(cell)?.[1] ?? 'member';
    const state = states.get(memberOf(cell));
    const gone = state?.destructions.some(
      (one) => one.destroyed && one.cells.some((destroyed) => isWithinCell(cell, destroyed)),
    );
    if (state === undefined) return { cell, kind, standing: 'kept' };
    if (gone) return { cell, kind, standing: 'destroyed' };
    if (isCondemned(state, cell)) return { cell, kind, standing: 'condemned' };
    return { cell, kind, standing: holdOn(state, cell) ? 'held' : 'kept' };
  });
}

const memberOf = (cell: string): string => cell.split('/', 1)[0] ?? cell;
