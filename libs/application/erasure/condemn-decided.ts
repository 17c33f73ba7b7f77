import type { CondemnCells } from '#domain/custody/commands.js';
import { sessionStillRunning } from '#domain/custody/refusals.js';
import type { SealedRightsEvent } from '#domain/rights/events.js';
import { textCell } from '#domain/session/decide-strike-out.js';
import { session } from '#domain/session/session.js';
import type { DestructionDocument } from '#views/destructions.js';
import type { Temoin } from '../temoin.js';
import { ErasureError } from './erasure-parts.js';
import { giveStep } from './give-step.js';

type Decided = Pick<DestructionDocument, 'destructionId' | 'memberId' | 'cause' | 'reference' | 'cells'>;

/**
 * Makes a decision (an erasure's grid, a text to be struck out) the condemnation of its cells, once. The view says which
 * decisions wait; what was decided is read from its own stream.
 * @returns `waiting` while a session that it touches is running: it is asked again later
 * @throws ErasureError; what the stores throw
 */
export async function condemnDecided(temoin: Temoin, decided: Decided): Promise<'condemned' | 'waiting'> {
  const command =
    decided.cause === 'strike-out' ? await ofStrikeOut(temoin, decided) : await ofErasure(temoin, decided);
  const refusal = await giveStep(temoin, command, `condemn ${decided.destructionId}`);
  if (!refusal) return 'condemned';
  if (refusal.code === sessionStillRunning.code) return 'waiting';
  throw new ErasureError('not-accepted', `The condemnation of ${decided.destructionId} was refused: ${refusal.code}.`);
}

async function ofErasure({ eventStore, decode }: Temoin, decided: Decided): Promise<CondemnCells> {
  const { destructionId, reference } = decided;
  for await (const stored of eventStore.readStream(`rights-${reference}`)) {
    const event = decode(stored) as unknown as SealedRightsEvent;
    if (event.type !== 'RightsDecisionMade') continue;
    const { memberId, erase, keep } = event.data;
    return { type: 'CondemnCells', memberId, destructionId, cells: erase, keep, cause: 'erasure', reference };
  }
  throw new ErasureError('destruction-unknown', `No decision is recorded for ${destructionId}.`);
}

async function ofStrikeOut({ reader }: Temoin, decided: Decided): Promise<CondemnCells> {
  const { destructionId, memberId, reference } = decided;
  const sessionId = /^[^/]+\/session:([^/]+)\//.exec(decided.cells[0] ?? '')?.[1];
  if (sessionId !== undefined) {
    const state = await reader.state(session, sessionId);
    const reported = state.strikeOuts.find((one) => one.strikeOutId === reference && one.decision === 'granted');
    const who = { sessionId, memberId };
    const cell = reported && textCell(state, who, reported.targetEventId, reported.field);
    if (cell !== undefined)
      return { type: 'CondemnCells', memberId, destructionId, cells: [cell], cause: 'strike-out', reference };
  }
  throw new ErasureError('destruction-unknown', `No decision is recorded for ${destructionId}.`);
}
