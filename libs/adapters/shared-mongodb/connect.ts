import { type Db, MongoClient, type MongoClientOptions, ReadConcern } from 'mongodb';
import { purposeMismatch } from './faults.js';
import { watchHeartbeats } from './heartbeats.js';

export interface MongoPlace {
  /** `mongodb://user:password@host/…` or `mongodb+srv://…`. TLS unless it says `tls=false`. */
  readonly connectionString: string;
  readonly database: string;
}

/** What a database is for; written into it, so that views and keys never share one. */
export type Purpose = 'views' | 'keys';

export interface MongoConnection {
  readonly client: MongoClient;
  readonly db: Db;
  /** Replica sets and sharded clusters have transactions; a server by itself has none. */
  readonly transactions: boolean;
  /** Runs a call, counted as in flight; refused once closed. */
  run<T>(work: () => Promise<T>): Promise<T>;
  readonly isClosed: () => boolean;
  /** Waits for calls in flight, then disconnects. */
  close(): Promise<void>;
}

/** Every acknowledged write is in the journal of a majority. */
const writeConcern = { w: 'majority', journal: true } as const;

/** Longest wait for a server to be found, and for one answer, in milliseconds. */
const FIND_SERVER = 5000;
const ANSWER = 20_000;
/** Beyond the driver's own time-out for a heartbeat, in milliseconds: afterwards it hangs. */
const HEARTBEAT_GRACE = 3000;

/** What the connection string says itself is left to it, but for what is promised: how writes are acknowledged, what reads see. */
function optionsFor(connectionString: string): MongoClientOptions {
  const says = (name: string) => new RegExp(`[?&]${name}=`, 'i').test(connectionString);
  return {
    appName: 'temoin',
    writeConcern,
    // a secondary may not know yet of a step, a lease or a fence that was acknowledged
    readPreference: 'primary',
    ignoreUndefined: true,
    ...(!says('tls') && !says('ssl') && { tls: true }),
    // Seen on a running server: eight connections carry more than sixty-four, the client's own thread is the bound.
    ...(!says('maxPoolSize') && { maxPoolSize: 8 }),
    ...(!says('serverSelectionTimeoutMS') && { serverSelectionTimeoutMS: FIND_SERVER }),
    ...(!says('connectTimeoutMS') && { connectTimeoutMS: FIND_SERVER }),
    ...(!says('socketTimeoutMS') && { socketTimeoutMS: ANSWER }),
  };
}

/**
 * @param closed makes the error for calls after closing
 * @throws what the driver throws; a database that was made for another purpose is refused
 */
export async function connectMongo(place: MongoPlace, purpose: Purpose, closed: () => Error): Promise<MongoConnection> {
  const client = new MongoClient(place.connectionString, optionsFor(place.connectionString));
  try {
    await client.connect();
    // `isMaster` is understood by every server that the driver speaks to; `hello` only from 4.4 on.
    const server = await client.db('admin').command({ isMaster: 1 });
    const transactions = typeof server.setName === 'string' || server.msg === 'isdbgrid';
    const db = client.db(place.database, {
      writeConcern,
      readConcern: new ReadConcern(transactions ? 'majority' : 'local'),
    });
    await claim(db, purpose);
    return connection(client, db, transactions, closed);
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function claim(db: Db, purpose: Purpose): Promise<void> {
  const marks = db.collection<{ _id: string; purpose: Purpose }>('temoin');
  const mark = await marks.findOneAndUpdate(
    { _id: 'database' },
    { $setOnInsert: { purpose } },
    { upsert: true, returnDocument: 'after' },
  );
  if (mark?.purpose !== purpose) throw purposeMismatch(purpose);
}

function connection(client: MongoClient, db: Db, transactions: boolean, closedError: () => Error): MongoConnection {
  const inFlight = new Set<Promise<unknown>>();
  const { connectTimeoutMS, heartbeatFrequencyMS } = client.options;
  const patience = connectTimeoutMS + HEARTBEAT_GRACE;
  const unwatch = watchHeartbeats(client, {
    patience,
    awaitedPatience: patience + heartbeatFrequencyMS,
    async renew() {
      await client.close();
      if (!closing) await client.connect();
    },
  });
  let closing: Promise<void> | undefined;
  return {
    client,
    db,
    transactions,
    isClosed: () => closing !== undefined,
    async run(work) {
      if (closing) throw closedError();
      const running = work();
      inFlight.add(running);
      try {
        return await running;
      } finally {
        inFlight.delete(running);
      }
    },
    close() {
      closing ??= Promise.allSettled(inFlight).then(() => {
        unwatch();
        return client.close();
      });
      return closing;
    },
  };
}
