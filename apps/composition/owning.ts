import { keepOwnership, type Ownership, type OwnershipOptions } from '#application/lease/ownership.js';
import { forgetTheDead, keepPresence, type Presence } from '#application/lease/presence.js';
import type { Temoin } from '#application/temoin.js';
import type { Configuration } from './configuration.js';
import type { Stores } from './stores.js';

/** What one process of an installation does alone: projections, destructions, complaints' holds, the night's work. */
export const WORKER = 'worker';

/**
 * How long nothing is projected at the most after the process that did it has died. Also how long a process may stand still
 * without losing its turn.
 */
export const LEASE_MS = 10_000;

/**
 * Waits for the turn to do what one process does alone. Views in a file are those of this folder, and where a service holds
 * the folder alone, or no service runs on it, nobody else is left who could hold the lease: it is taken over at once.
 * @param lock this is a service; false: a tool that found none running
 */
export function owning(
  config: Configuration,
  { viewStore }: Stores,
  self: string,
  lock: boolean,
  onTurn: OwnershipOptions['onTurn'],
): Ownership {
  return keepOwnership({
    viewStore,
    name: WORKER,
    owner: self,
    forMs: LEASE_MS,
    seize: isAlone(config, lock),
    ...(onTurn ? { onTurn } : {}),
  });
}

const isAlone = (config: Configuration, lock: boolean): boolean =>
  config.viewStore.engine === 'sqlite' && (!lock || config.role === 'all');

/** This process forgets what others destroy, and says so. */
export async function present(
  config: Configuration,
  { eventStore, viewStore, decode, vault }: Temoin,
  self: string,
  onTurn: OwnershipOptions['onTurn'],
): Promise<Presence> {
  if (isAlone(config, true)) await forgetTheDead(viewStore);
  return keepPresence({
    eventStore,
    viewStore,
    decode,
    notice: (cells) => vault.notice(cells),
    name: self,
    forMs: LEASE_MS,
    onFault: (code) => onTurn?.('unavailable', code),
  });
}
