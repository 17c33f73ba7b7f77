import type { CondemnCells } from '#domain/custody/commands.js';
import { sessionStillRunning } from '#domain/custody/refusals.js';
import { requestTextCell } from '#domain/request/decide-strike-out.js';
import { request } from '#domain/request/request.js';
import { isKnown } from '#domain/request/whose.js';
import type { SealedRightsEvent } from '#domain/rights/events.js';
import { linesOf } from '#domain/rights/grid-parts.js';
import { textCell } from '#domain/session/decide-strike-out.js';
import { session } from '#domain/session/session.js';
import type { StrikeOut } from '#domain/shared/strike-out.js';
import { type DestructionDocument, destructionIdOf } from '#views/destructions.js';
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
    if (event.type !== 'RightsDecisionMade' && event.type !== 'RightsDecisionPartMade') continue;
    if (destructionIdOf(event) !== destructionId) continue;
    const { memberId } = event.data;
    const { erase: cells, keep } = linesOf(event);
    return { type: 'CondemnCells', memberId, destructionId, cells, keep, cause: 'erasure', reference };
  }
  throw new ErasureError('destruction-unknown', `No decision is recorded for ${destructionId}.`);
}

async function ofStrikeOut({ reader }: Temoin, decided: Decided): Promise<CondemnCells> {
  const { destructionId, memberId, reference } = decided;
  const [, purpose, id = ''] = /^[^/]+\/(session|request):([^/]+)\//.exec(decided.cells[0] ?? '') ?? [];
  const granted = ({ strikeOuts }: { readonly strikeOuts: readonly StrikeOut[] }) =>
    strikeOuts.find((one) => one.strikeOutId === reference && one.decision === 'granted');
  let cell: string | undefined;
  if (purpose === 'session') {
    const state = await reader.state(session, id);
    const text = granted(state);
    cell = text && textCell(state, { sessionId: id, memberId }, text.targetEventId, text.field);
  } else if (purpose === 'request') {
    const state = await reader.state(request, id);
    const text = granted(state);
    cell = text && isKnown(state) ? requestTextCell(state, text.targetEventId, text.field) : undefined;
  }
  if (cell !== undefined)
    return { type: 'CondemnCells', memberId, destructionId, cells: [cell], cause: 'strike-out', reference };
  throw new ErasureError('destruction-unknown', `No decision is recorded for ${destructionId}.`);
}
