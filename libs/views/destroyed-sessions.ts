import type { SealedCustodyEvent } from '#domain/custody/events.js';
import type { AnySealedEvent } from '#kernel/define-event.js';

/** Sessions whose key an event says is gone: nothing about them can be cleared up or answered any more. */
export function destroyedSessions(event: AnySealedEvent): readonly string[] {
  if (event.type !== 'CellsDestroyed') return [];
  const { cells } = (event as unknown as Extract<SealedCustodyEvent, { readonly type: 'CellsDestroyed' }>).data;
  return cells.flatMap(({ cell }) => /^[^/]+\/session:([^/]+)$/.exec(cell)?.[1] ?? []);
}
