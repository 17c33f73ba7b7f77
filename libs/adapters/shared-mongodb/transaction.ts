import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientSession, type MongoClient, MongoError } from 'mongodb';

/** How long a transaction that failed for the moment is begun anew, in milliseconds; afterwards its error is the caller's. */
const TRIED_FOR = 5000;
const PAUSE = 20;

const options = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
  readPreference: 'primary',
} as const;

/**
 * Runs work in a transaction, anew after what the server calls transient. The driver's own `withTransaction` goes on for two
 * minutes against a server that is away, and cannot be given less without refusing bulk writes within it.
 * @param prepare is given the session before anything is done in it
 * @param work may run several times; every call in it gets the session
 * @throws what the driver throws; after a commit whose answer is lost, the outcome is unknown: read it
 */
export async function transact<T>(
  client: MongoClient,
  prepare: (session: ClientSession) => Promise<void>,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const until = Date.now() + TRIED_FOR;
  const again = (error: unknown, label: string): boolean =>
    error instanceof MongoError && error.hasErrorLabel(label) && Date.now() < until;
  return client.withSession(async (session) => {
    await prepare(session);
    for (;;) {
      try {
        session.startTransaction(options);
        const answer = await work(session);
        await committed(session, (error) => again(error, 'UnknownTransactionCommitResult'));
        return answer;
      } catch (error) {
        if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
        if (!again(error, 'TransientTransactionError')) throw error;
        await sleep(PAUSE);
      }
    }
  });
}

async function committed(session: ClientSession, again: (error: unknown) => boolean): Promise<void> {
  for (;;)
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (!again(error)) throw error;
    }
}
