import { type LeaseRequest, ViewStoreError } from './view-store.js';

const NAME = /^[a-z0-9/:-]{1,100}$/;
/** A day: a lease that long is a mistake. */
const LONGEST_MS = 86_400_000;

/** @throws ViewStoreError `invalid-write` */
export function checkLease(name: string, { owner, forMs, note = '' }: LeaseRequest): void {
  const wrong = !NAME.test(name) || !NAME.test(owner) || !(forMs > 0 && forMs <= LONGEST_MS) || note.length > 200;
  if (wrong) throw new ViewStoreError('invalid-write', 'a lease needs a name, an owner and a time up to a day');
}

/**
 * The token of a lease that changes hands: higher than the one before, and, since what is left of old leases is swept away
 * some time, higher than any that was given before now.
 * @param now epoch milliseconds
 */
export const nextToken = (before: number | undefined, now: number): number => Math.max((before ?? 0) + 1, now);

/** What is left of a lease that ran out so long ago is swept away, in milliseconds. */
export const SWEPT_AFTER_MS = 86_400_000;
