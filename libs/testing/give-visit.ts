import { randomUUID } from 'node:crypto';
import type { Temoin } from '#application/temoin.js';
import type { VisitCommand } from './visit.js';

export const openVisit = (memberId = 'm1'): VisitCommand => ({
  type: 'OpenVisit',
  memberId,
  name: 'Ada',
  problem: 'écran',
});
export const note = (...notes: readonly string[]): VisitCommand => ({ type: 'Note', notes });

/** Gives a command that must be accepted. @returns its position */
export async function give(temoin: Temoin, session: string, command: VisitCommand): Promise<string> {
  const stream = `visit-${session}`;
  const outcome = await temoin.execute({ commandId: randomUUID(), actor: 'staff-1', actorRoles: [], stream, command });
  if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
  return outcome.receipt.position ?? '';
}
