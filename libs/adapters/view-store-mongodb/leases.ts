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

  /** True where the lease was not there. */
  async function layFree(name: string): Promise<boolean> {
    const first = { owner: '', token: 0, until: new Date(0), note: '' };
    try {
      return (await leases.updateOne({ _id: name }, { $setOnInsert: first }, { upsert: true })).upsertedCount > 0;
    } catch (error) {
      // Laid by another process in the same moment.
      if (isDuplicateKey(error)) return true;
      throw error;
    }
  }

  return {
    async take(name, { owner, forMs, seize = false, note = '' }) {
      const free = { $lte: ['$until', '$$NOW'] };
      const mine = { $and: [{ $eq: ['$owner', { $literal: owner }] }, { $gt: ['$until', '$$NOW'] }] };
      const next = { $max: [{ $add: ['$token', 1] }, { $toLong: '$$NOW' }] };
      const taking = () =>
        leases.findOneAndUpdate(
          { _id: name, ...(seize ? {} : { $or: [{ owner }, { $expr: free }] }) },
          [
            {
              $set: {
                token: { $cond: [mine, '$token', next] },
                owner: { $literal: owner },
                note: { $literal: note },
                until: { $add: ['$$NOW', forMs] },
              },
            },
          ],
          { returnDocument: 'after' },
        );
      let taken = await taking();
      // Nobody's yet, or another's: no server lets one call compare with its clock and insert, so that a first one is laid free.
      if (!taken && (await layFree(name))) taken = await taking();
      return taken ? leaseOf(taken, forMs) : undefined;
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
