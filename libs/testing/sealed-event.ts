import type { AnyEvent, AnySealedEvent, EventDefinition, EventMeta } from '#kernel/define-event.js';
import { cellOf } from '#kernel/define-event.js';
import type { CellId, Sealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';

/**
 * Events as `evolve` and projections meet them, for tests that need no vault: personal values are replaced by sealed
 * boxes that hold nothing at all, so a decider or a view that peeks finds nothing.
 */

let count = 0;

/** A sealed value without content. Two calls never give equal boxes. */
export function opaque(cell: CellId, at: Sealed<unknown>['$sealed']['at']): Sealed<never> {
  count += 1;
  return Object.freeze({
    $sealed: Object.freeze({
      cell,
      alg: 'A256GCM',
      nonce: `nonce-${count}`,
      text: `sealed-${count}`,
      commit: `commit-${count}`,
      at,
    }),
  });
}

/** Metadata with what a test does not care about filled in: one minute between two events from 2026-01-05T08:00Z. */
export function metaOf(stream: string, revision: number, given: Partial<EventMeta> = {}): EventMeta {
  const recordedAt = new Date(Date.UTC(2026, 0, 5, 8, revision)).toISOString() as Instant;
  const eventId = `00000000-0000-8000-8000-${String(revision).padStart(12, '0')}`;
  return { eventId, stream, revision, recordedAt, actor: 'staff-test', commandId: eventId, ...given };
}

/** The event with every personal field sealed, opaquely, under the cell it would really have. */
export function sealedEvent(definition: EventDefinition, event: AnyEvent, meta: EventMeta): AnySealedEvent {
  const parsed = definition.schema.safeParse(event.data);
  if (!parsed.success) throw new TypeError(`${event.type} does not meet its declaration: ${parsed.error.message}`);
  const { type, version } = definition;
  const { stream, eventId } = meta;
  const data: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(event.data)) {
    if (value === undefined) continue;
    const cell = cellOf(definition, event.data, eventId, path);
    data[path] = cell === undefined ? value : opaque(cell, { stream, eventId, type, version, path });
  }
  return deepFreeze({ type, version, data, meta });
}

/** Finds an event's declaration in a list; a forgotten declaration is a fault of the test or of the aggregate. */
export function declarationOf(events: readonly EventDefinition[], event: AnyEvent): EventDefinition {
  const found = events.find((one) => one.type === event.type && one.version === event.version);
  if (!found) throw new TypeError(`${event.type} v${event.version} is not among the declared events`);
  return found;
}

/** Freezes a JSON-like value and all it holds: a function that was promised to be pure fails loudly when it is not. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
