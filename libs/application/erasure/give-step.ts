import type { CustodyCommand } from '#domain/custody/commands.js';
import type { Refusal } from '#kernel/refusal.js';
import type { Temoin } from '../temoin.js';
import { ErasureError } from './erasure-parts.js';

/**
 * Gives one custody command as the process. Under a label the command id is the same in every attempt, so that a step whose
 * answer was lost is done once; without one each attempt is another command.
 * @returns the refusal, for the caller to judge
 * @throws ErasureError `not-accepted`; what the stores throw
 */
export async function giveStep(temoin: Temoin, command: CustodyCommand, label?: string): Promise<Refusal | undefined> {
  const { ids } = temoin;
  const outcome = await temoin.execute({
    commandId: label === undefined ? ids.freshCommandId() : ids.commandId('system', label),
    actor: 'system',
    actorRoles: [],
    ...('destructionId' in command ? { correlationId: ids.correlationId(command.destructionId) } : {}),
    stream: `custody-${command.memberId}`,
    command,
  });
  if (outcome.outcome === 'accepted') return undefined;
  if (outcome.outcome === 'refused') return outcome.refusal;
  throw new ErasureError('not-accepted', `A step of an erasure was answered « ${outcome.outcome} ».`);
}

/** A step that the state of things always lets pass. @throws ErasureError `not-accepted` */
export async function giveSurely(temoin: Temoin, command: CustodyCommand, label?: string): Promise<void> {
  const refusal = await giveStep(temoin, command, label);
  if (refusal) throw new ErasureError('not-accepted', `A step of an erasure was refused: ${refusal.code}.`);
}
