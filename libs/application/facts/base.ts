import { type BaseFacts, isRole } from '#domain/shared/facts.js';
import type { FactsInput } from '../command.js';

/**
 * The part of the facts that every decision has: now, and who gives the command under which roles. Spread behind what a
 * literal names itself: the engine takes fifty times as long to add a property behind one.
 */
export const baseFacts = ({ now, envelope }: Pick<FactsInput<unknown, unknown>, 'now' | 'envelope'>): BaseFacts => ({
  now,
  actor: { staffId: envelope.actor, roles: envelope.actorRoles.filter(isRole) },
});
