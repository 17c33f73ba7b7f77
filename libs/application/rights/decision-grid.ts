import type { CivilTime } from '#domain/calendar/civil-time.js';
import { complaint } from '#domain/complaint/complaint.js';
import { custody } from '#domain/custody/custody.js';
import type { KeepGround } from '#domain/custody/events.js';
import { type CustodyState, holdOn, isCondemned } from '#domain/custody/state.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import { rights } from '#domain/rights/rights.js';
import type { LocalDate } from '#kernel/time.js';
import { gridCells } from '../facts/rights.js';
import { runningAmong } from '../facts/running-cells.js';
import type { Temoin } from '../temoin.js';
import { type CellDescription, describeCells, partsOf } from './describe-cells.js';

/** What is proposed for a cell. The Director may decide otherwise, but for what is `fixed`. */
export type Suggestion =
  | { readonly decision: 'erase' }
  | { readonly decision: 'keep'; readonly ground: KeepGround; readonly until?: LocalDate };

export interface GridCell extends CellDescription {
  readonly suggestion: Suggestion;
  /** True: anything else is refused as long as it stands (held, running). */
  readonly fixed: boolean;
  /** Why it is proposed, in French. */
  readonly why: string;
}

/** Everything that a decision on an erasure has to name: each living cell of the member, once. */
export interface DecisionGrid {
  readonly rightsId: string;
  readonly memberId: string;
  readonly lines: readonly GridCell[];
  /** The decision was made: the lines are those that still live now. */
  readonly decided: boolean;
}

type GridDeps = Pick<Temoin, 'reader' | 'vault' | 'viewStore'>;

/**
 * The grid of a case as the decision will be judged by: cells from the vault, holds and running sessions from their own
 * streams. What is proposed is only proposed.
 * @returns undefined when there is no such case
 */
export async function decisionGrid(
  deps: GridDeps,
  time: CivilTime,
  rightsId: string,
): Promise<DecisionGrid | undefined> {
  const { reader, vault, viewStore } = deps;
  const found = await reader.state(rights, rightsId);
  if (found === undefined) return undefined;
  const { memberId } = found;
  const cells = gridCells(await vault.list(memberId));
  const [state, running, described, others] = await Promise.all([
    reader.state(custody, memberId),
    runningAmong(cells, reader),
    describeCells(viewStore, time, cells),
    Promise.all(cells.map((cell) => isOfOpenCase(deps, cell))),
  ]);
  const inDispute = cells.some((cell, index) => partsOf(cell).kind === 'complaint' && others[index] === true);
  const lines = cells.flatMap((cell, index): readonly GridCell[] => {
    const what = described.get(cell);
    if (what === undefined) return [];
    const standing = { state, time, running: running.includes(cell), inCase: others[index] === true, inDispute };
    return [{ ...what, ...propose(what, standing) }];
  });
  return { rightsId, memberId, lines, decided: found.decision !== undefined };
}

/** True for a cell of a case of rights or of a complaint that has not ended. */
async function isOfOpenCase({ reader }: GridDeps, cell: string): Promise<boolean> {
  const { kind, id } = partsOf(cell);
  if (id === undefined || (kind !== 'rights' && kind !== 'complaint')) return false;
  const found = kind === 'rights' ? await reader.state(rights, id) : await reader.state(complaint, id);
  return found !== undefined && found.ended === undefined;
}

interface Standing {
  readonly state: CustodyState;
  readonly running: boolean;
  readonly inCase: boolean;
  /** A complaint of the member is open: whoever answers it needs to know whom to write to. */
  readonly inDispute: boolean;
  readonly time: CivilTime;
}

function propose(
  { cell, kind }: CellDescription,
  { state, running, inCase, inDispute, time }: Standing,
): Omit<GridCell, keyof CellDescription> {
  const hold = holdOn(state, cell);
  if (hold) {
    const until = frenchDate(hold.outerBound, time, { year: true });
    return {
      suggestion: { decision: 'keep', ground: 'legal-claim', until: hold.outerBound },
      fixed: true,
      why: `Gelée pour un litige, au plus tard jusqu’au ${until}.`,
    };
  }
  if (running)
    return {
      suggestion: { decision: 'keep', ground: 'still-running' },
      fixed: true,
      why: 'L’intervention est en cours.',
    };
  if (inCase)
    return {
      suggestion: { decision: 'keep', ground: 'case-in-progress' },
      fixed: false,
      why: 'Ce dossier n’est pas encore fermé.',
    };
  if (inDispute && kind === 'identity')
    return {
      suggestion: { decision: 'keep', ground: 'legal-claim' },
      fixed: false,
      why: 'Une réclamation est ouverte : il faut pouvoir y répondre.',
    };
  const why = isCondemned(state, cell) ? 'Sa destruction est déjà décidée.' : 'Rien ne s’y oppose.';
  return { suggestion: { decision: 'erase' }, fixed: false, why };
}
