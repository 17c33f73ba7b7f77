import { EventStoreError } from '#ports/event-store/event-store.js';
import { SqliteFault } from '#sqlite/fault.js';

/** What the database said, in the words of the port. */
export function asEventStoreError(error: unknown): EventStoreError {
  if (!(error instanceof SqliteFault))
    return error instanceof EventStoreError
      ? error
      : new EventStoreError('unavailable', 'the event store failed', { cause: error });
  const options = { cause: error };
  if (error.kind === 'closed') return new EventStoreError('closed', 'the event store is closed', options);
  if (error.outcomeUnknown) return new EventStoreError('unknown-outcome', error.message, options);
  return new EventStoreError('unavailable', error.message, options);
}

/** A fault that may pass by itself: a subscription waits and goes on. */
export const mayPass = (error: unknown): boolean =>
  error instanceof SqliteFault && ['full', 'locked', 'io', 'no-access', 'read-only'].includes(error.kind);
