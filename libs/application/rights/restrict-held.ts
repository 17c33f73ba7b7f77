import { custody } from '#domain/custody/custody.js';
import { holdOn } from '#domain/custody/state.js';
import type { RestrictProcessing } from '#domain/member/commands.js';
import { rights } from '#domain/rights/rights.js';
import type { Temoin } from '../temoin.js';

/**
 * Where a decision on an erasure leaves something for a dispute, what is left is kept and not used (A14, GDPR 18): the
 * member is restricted, once for each case. Called again it changes nothing, also after the restriction was lifted.
 * @throws what the stores throw: call again
 */
export async function restrictWhatIsHeld(
  { reader, ids, execute }: Pick<Temoin, 'reader' | 'ids' | 'execute'>,
  rightsId: string,
): Promise<void> {
  const found = await reader.state(rights, rightsId);
  if (found?.kind !== 'erasure' || found.decision === undefined) return;
  const { memberId, erase, keepsForClaims } = found;
  if (!keepsForClaims) {
    const state = await reader.state(custody, memberId);
    if (!erase.some((cell) => holdOn(state, cell))) return;
  }
  const command: RestrictProcessing = { type: 'RestrictProcessing', memberId, ground: 'needed-for-claims', rightsId };
  await execute({
    commandId: ids.commandId('system', `restriction of ${rightsId}`),
    actor: 'system',
    actorRoles: [],
    correlationId: ids.correlationId(rightsId),
    stream: `member-${memberId}`,
    command,
  });
}
