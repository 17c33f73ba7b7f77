import { type ClientSession, type Db, UUID } from 'mongodb';
import type { Fence } from '#ports/view-store/view-store.js';

interface NotedSession {
  /** The session's own id, in hexadecimal. */
  readonly _id: string;
  readonly lease: string;
  readonly token: number;
}

/** Sessions in which the holder of a lease writes, noted so that the next holder can end what they left open. */
export interface Turns {
  /** Ends, once for each turn, the transactions that earlier holders of this lease left open. */
  begin(fence: Fence): Promise<void>;
  /** Called before a session's first write of a turn. */
  note(fence: Fence, session: ClientSession): Promise<void>;
}

/**
 * A process that is killed in the middle of a transaction leaves it open, and its locks with it, for as long as the server
 * lets a transaction live: a minute, if nobody said otherwise. Seen on a running server: whoever took over found a write
 * conflict until then. A user may end sessions of its own, so that this needs no further right.
 */
export function openTurns(db: Db): Turns {
  const sessions = db.collection<NotedSession>('sessions');
  const noted = new Map<string, string>();
  const begun = new Map<string, number>();

  return {
    async begin({ lease, token }) {
      if (begun.get(lease) === token) return;
      const left = await sessions.find({ lease, token: { $lt: token } }).toArray();
      // not its own, which it may use for this very call
      const others = left.filter(({ _id }) => !noted.has(_id));
      if (others.length > 0) await db.command({ killSessions: others.map(({ _id }) => ({ id: new UUID(_id) })) });
      if (left.length > 0)
        await sessions.deleteMany({ _id: { $in: left.map(({ _id }) => _id) }, token: { $lt: token } });
      begun.set(lease, token);
    },

    async note({ lease, token }, session) {
      const id = session.id?.id;
      if (id === undefined) return;
      const _id = id.toString('hex');
      const turn = `${lease}/${token}`;
      if (noted.get(_id) === turn) return;
      await sessions.replaceOne({ _id }, { lease, token }, { upsert: true });
      noted.set(_id, turn);
    },
  };
}
