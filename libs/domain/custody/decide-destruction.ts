import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { isWithinCell } from '#kernel/sealed.js';
import type { CondemnCells, RecordCertificate, RecordDestruction, RecordReadBack } from './commands.js';
import { CellsCondemned, CellsDestroyed, type CustodyEvent, ErasureCertified, ErasureReadBack } from './events.js';
import type { CustodyFacts } from './facts.js';
import { destructionOutOfOrder, destructionUnknown, sessionStillRunning } from './refusals.js';
import { type CustodyState, destructionOf, holdOn, isComplete, isCondemned } from './state.js';

type Decision = readonly CustodyEvent[] | Refusal;

/**
 * The point of no return. Whether a cell is held is read from the very stream that the decision is appended to, so a hold
 * placed at the same moment either comes first and is respected, or comes second and says that it was too late.
 */
export function condemn(command: CondemnCells, state: CustodyState, facts: CustodyFacts): Decision {
  const { memberId, destructionId, cause, reference } = command;
  if (destructionOf(state, destructionId)) return [];
  const keep = command.keep ?? [];
  const wanted = command.cells.filter(
    (cell) => !isCondemned(state, cell) && !keep.some((one) => isWithinCell(one.cell, cell)),
  );
  if (wanted.some((cell) => touches(cell, facts.runningCells))) return sessionStillRunning();

  const held = wanted.flatMap((cell) => {
    const hold = holdOn(state, cell);
    return hold ? [{ cell, ground: 'legal-claim' as const, until: hold.outerBound }] : [];
  });
  const cells = wanted.filter((cell) => !held.some((one) => one.cell === cell));
  const kept = [...keep, ...held];
  // what a person decided is answered and certified also when nothing is left to destroy
  if (cells.length === 0 && cause === 'retention') return [];
  return [event(CellsCondemned, { memberId, destructionId, cells, kept, cause, reference, decidedAt: facts.now })];
}

const touches = (cell: string, running: readonly string[]): boolean =>
  running.some((one) => isWithinCell(one, cell) || isWithinCell(cell, one));

export function recordDestruction(command: RecordDestruction, state: CustodyState): Decision {
  const { memberId, destructionId, cells, destroyedAt } = command;
  const destruction = destructionOf(state, destructionId);
  if (!destruction) return destructionUnknown();
  return destruction.destroyed ? [] : [event(CellsDestroyed, { memberId, destructionId, cells, destroyedAt })];
}

/** May be recorded again: what could not be verified today may answer tomorrow. */
export function recordReadBack(command: RecordReadBack, state: CustodyState, facts: CustodyFacts): Decision {
  const { memberId, destructionId, stores } = command;
  const destruction = destructionOf(state, destructionId);
  if (!destruction) return destructionUnknown();
  if (!destruction.destroyed) return destructionOutOfOrder();
  if (destruction.readBack && isComplete(destruction.readBack)) return [];
  return [event(ErasureReadBack, { memberId, destructionId, stores, readAt: facts.now })];
}

/** The result follows from what was read back; nobody states it. */
export function recordCertificate(command: RecordCertificate, state: CustodyState, facts: CustodyFacts): Decision {
  const { memberId, destructionId, certificateId, certificateSha256 } = command;
  const destruction = destructionOf(state, destructionId);
  if (!destruction) return destructionUnknown();
  if (!destruction.readBack) return destructionOutOfOrder();
  if (destruction.certificateId === certificateId) return [];
  const result = isComplete(destruction.readBack) ? 'complete' : 'partial';
  return [
    event(ErasureCertified, {
      memberId,
      destructionId,
      certificateId,
      certificateSha256,
      result,
      certifiedAt: facts.now,
    }),
  ];
}
