import type { LocalDate } from '#kernel/time.js';
import type { KeepGround } from '../custody/events.js';
import type { SealedRightsEvent } from './events.js';

/** What is decided on the cells of a member: erased, or kept on a ground. */
export interface GridLines {
  readonly erase: readonly string[];
  readonly keep: readonly KeptCell[];
}
export interface KeptCell {
  readonly cell: string;
  readonly ground: KeepGround;
  readonly until?: LocalDate;
}
/** Cells that are kept on one ground until one day. */
export interface KeptTogether {
  readonly ground: KeepGround;
  readonly until?: LocalDate;
  readonly cells: readonly string[];
}
export const NO_LINES: GridLines = { erase: [], keep: [] };

/**
 * As many lines in each as one event lists, erased ones first; none where there is no line.
 * @param most lines of one event
 */
export function partsOf({ erase, keep }: GridLines, most: number): readonly GridLines[] {
  const parts: GridLines[] = [];
  for (let at = 0; at < erase.length + keep.length; at += most) {
    const keptFrom = Math.max(0, at - erase.length);
    const keptTo = Math.max(0, at + most - erase.length);
    parts.push({ erase: erase.slice(at, at + most), keep: keep.slice(keptFrom, keptTo) });
  }
  return parts;
}

/** Each ground and day once, in the order in which they come. */
export function keptTogether(keep: readonly KeptCell[]): readonly KeptTogether[] {
  const groups = new Map<string, { ground: KeepGround; until?: LocalDate; cells: string[] }>();
  for (const { cell, ...why } of keep) {
    const key = `${why.ground} ${why.until}`;
    const group = groups.get(key);
    if (group) group.cells.push(cell);
    else groups.set(key, { ...why, cells: [cell] });
  }
  return [...groups.values()];
}

const keptApart = (keep: readonly KeptTogether[]): readonly KeptCell[] =>
  keep.flatMap(({ cells, ...why }) => cells.map((cell) => ({ cell, ...why })));

export type DecidingEvent = Extract<
  SealedRightsEvent,
  { readonly type: 'RightsDecisionMade' | 'RightsDecisionPartMade' }
>;

/** What one event of a decision lists, whichever part it is. */
export const linesOf = (event: DecidingEvent): GridLines =>
  event.type === 'RightsDecisionMade' ? event.data : { erase: event.data.erase, keep: keptApart(event.data.keep) };
