import { EventStoreError, type Position } from './event-store.js';

/** The text form that every engine with one global sequence uses: 20 decimal digits, so that text order is log order. */
export const positionOf = (sequence: number | bigint): Position => String(sequence).padStart(20, '0') as Position;

/**
 * The number behind a position.
 * @throws EventStoreError `invalid-position` the text was not made by {@link positionOf}
 */
export function sequenceOf(position: Position): number {
  const sequence = /^\d{20}$/.test(position) ? Number(position) : Number.NaN;
  if (!Number.isSafeInteger(sequence)) throw new EventStoreError('invalid-position', 'not a position of this log');
  return sequence;
}
