import { rightsOfErasure } from '#domain/custody/destruction-id.js';
import type { DestructionCause } from '#domain/custody/events.js';
import { isWithinCell } from '#kernel/sealed.js';
import type { ErasureLedger, LedgerNote } from '#vault/ledger.js';
import type { Temoin } from '../temoin.js';
import { giveStep } from './give-step.js';

/**
 * A log restored from an older backup does not know of destructions that the ledger knows of. Their keys are dead; here the
 * log is told again, under the same ids, so that whoever meets an erased value finds its proof. Again changes nothing.
 * @throws what the stores throw
 */
export async function recallForgotten(
  temoin: Temoin,
  ledger: ErasureLedger,
  forgotten: readonly string[],
): Promise<void> {
  const reading = await ledger.read();
  if (reading.state !== 'sound') return;
  const wanted = new Set(forgotten);
  for (const note of reading.notes) if (wanted.has(note.destructionId)) await recall(temoin, note);
}

async function recall(temoin: Temoin, { destructionId, cells }: LedgerNote): Promise<void> {
  const all = cells.map(({ cell }) => cell as string);
  const roots = all.filter((cell) => !all.some((other) => other !== cell && isWithinCell(cell, other)));
  const memberId = roots[0]?.split('/', 1)[0];
  if (memberId === undefined) return;
  const { cause, reference } = originOf(destructionId, memberId);
  const command = { type: 'CondemnCells', memberId, destructionId, cells: roots, cause, reference } as const;
  // refused while a session runs under a dead key: nothing can be recorded there, it ends, and the next start recalls it
  await giveStep(temoin, command);
}

/** What the id of a destruction tells of the decision behind it. */
function originOf(destructionId: string, memberId: string): { cause: DestructionCause; reference: string } {
  const rightsId = rightsOfErasure(destructionId);
  if (rightsId !== undefined) return { cause: 'erasure', reference: rightsId };
  const STRIKE_OUT = 'strike-out-';
  if (destructionId.startsWith(STRIKE_OUT))
    return { cause: 'strike-out', reference: destructionId.slice(STRIKE_OUT.length) };
  const [run = destructionId] = destructionId.split(`.${memberId}`, 1);
  return { cause: destructionId.startsWith('retention-') ? 'retention' : 'erasure', reference: run };
}
