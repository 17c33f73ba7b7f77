import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientSession, type MongoClient, MongoError } from 'mongodb';

/** How long a transaction that failed for the moment is begun anew, in milliseconds; afterwards its error is the caller's. */
const TRIED_FOR = 5000;
const PAUSE = 20;
/** On a busy machine one attempt may take longer than that: what a server answers is tried again all the same, so many times. */
const ANSWERED = 3;

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
  const until = performance.now() + TRIED_FOR;
  let answered = 0;
  const again = (error: unknown, label: string): boolean => {
    if (!(error instanceof MongoError && error.hasErrorLabel(label))) return false;
    // a line that broke has no code
    if (typeof error.code === 'number') answered += 1;
    return performance.now() < until || (typeof error.code === 'number' && answered <= ANSWERED);
  };
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
