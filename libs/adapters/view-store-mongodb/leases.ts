import type { Db } from 'mongodb';
import { SWEPT_AFTER_MS } from '#ports/view-store/check-lease.js';
import type { Fence, Lease, LeaseRequest } from '#ports/view-store/view-store.js';
import { isDuplicateKey } from '../shared-mongodb/faults.js';

/** Times are the server's own: processes on machines with different clocks agree. */
interface StoredLease {
  readonly _id: string;
  readonly owner: string;
  readonly token: number;
  readonly until: Date;
  readonly note: string;
}

export interface Leases {
  take(name: string, request: LeaseRequest): Promise<Lease | undefined>;
  release(fence: Fence): Promise<void>;
  list(prefix: string): Promise<readonly Lease[]>;
  /** True while that token is the lease's present one. */
  isPresent(fence: Fence): Promise<boolean>;
}

export function openLeases(db: Db): Leases {
  const leases = db.collection<StoredLease>('leases');

  /** The server's clock: asked of it, since a driver knows only its own. */
  async function now(): Promise<Date> {
    const { localTime } = await db.command({ isMaster: 1 });
    return localTime as Date;
  }

  return {
    async take(name, { owner, forMs, seize = false, note = '' }) {
      const free = { $lte: ['$until', '$$NOW'] };
      const mine = { $and: [{ $eq: ['$owner', { $literal: owner }] }, { $gt: ['$until', '$$NOW'] }] };
      try {
        const taken = await leases.findOneAndUpdate(
          { _id: name, ...(seize ? {} : { $or: [{ owner }, { $expr: free }] }) },
          [
            {
              $set: {
                token: {
                  $cond: [mine, '$token', { $max: [{ $add: [{ $ifNull: ['$token', 0] }, 1] }, { $toLong: '$$NOW' }] }],
                },
                owner: { $literal: owner },
                note: { $literal: note },
                until: { $add: ['$$NOW', forMs] },
              },
            },
          ],
          { upsert: true, returnDocument: 'after' },
        );
        return taken ? leaseOf(taken, forMs) : undefined;
      } catch (error) {
        // There, and not free: the upsert tried to insert it a second time.
        if (isDuplicateKey(error)) return undefined;
        throw error;
      }
    },

    async release({ lease, token }) {
      await leases.updateOne({ _id: lease, token }, { $set: { until: new Date(0) } });
    },

    async list(prefix) {
      const time = (await now()).getTime();
      await leases.deleteMany({ until: { $lt: new Date(time - SWEPT_AFTER_MS) } });
      const held = await leases
        .find({ until: { $gt: new Date(time) } })
        .sort({ _id: 1 })
        .toArray();
      return held.filter(({ _id }) => _id.startsWith(prefix)).map((one) => leaseOf(one, one.until.getTime() - time));
    },

    async isPresent({ lease, token }) {
      return (await leases.findOne({ _id: lease, token }, { projection: { _id: 1 } })) !== null;
    },
  };
}

const leaseOf = ({ _id, owner, token, note }: StoredLease, leftMs: number): Lease => ({
  name: _id,
  owner,
  token: Number(token),
  note,
  leftMs,
});
