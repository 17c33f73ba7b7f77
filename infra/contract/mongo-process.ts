import { mkdir } from 'node:fs/promises';
import { MongoClient } from 'mongodb';
import { freePort, type ServerProcess, serverProcess } from './server-process.js';

export interface MongoProcess extends ServerProcess {
  /** On the loopback address, without TLS and without a user. */
  readonly url: string;
}

/** A server by itself, or the only member of a replica set. */
export type MongoKind = 'standalone' | 'replica set';

const SET = 'rs0';

/**
 * A MongoDB of its own, that can be killed and frozen.
 * @param command runs it in the foreground on $PORT with its data in $DATA (`exec …`), as a member of the replica set $SET
 *   where that is not empty: `exec mongod --port $PORT --dbpath $DATA --bind_ip 127.0.0.1 ${SET:+--replSet $SET}`
 */
export async function mongoProcess(command: string, kind: MongoKind, folder: string): Promise<MongoProcess> {
  await mkdir(folder, { recursive: true });
  const set = kind === 'replica set' ? SET : '';
  const server = await serverProcess(`SET=${set}; export SET; ${command}`, await freePort(), folder, (port) =>
    takesWrites(port, set),
  );
  return {
    ...server,
    url: addressOf(server.port, kind),
    async stop() {
      server.thaw();
      if (set !== '') await stepsAside(server.port).catch(() => undefined);
      await server.stop();
    },
  };
}

/** @param port of the server, or of a line to it: then without looking where the members of the set say they are */
export const addressOf = (port: number, kind: MongoKind, direct = false): string =>
  `mongodb://127.0.0.1:${port}/?tls=false${direct || kind === 'standalone' ? '&directConnection=true' : `&replicaSet=${SET}`}`;

/** By a signal alone, the first of a set waits ten seconds for somebody to take over; here there is nobody. Throws as it goes. */
async function stepsAside(port: number): Promise<void> {
  const client = new MongoClient(addressOf(port, 'standalone', true), { serverSelectionTimeoutMS: 3000 });
  try {
    await client.db('admin').command({ shutdown: 1, force: true, timeoutSecs: 1 });
  } finally {
    await client.close();
  }
}

/** Listening is not enough: a member of a set takes writes once there is a set and it was elected. */
async function takesWrites(port: number, set: string): Promise<boolean> {
  const client = new MongoClient(addressOf(port, 'standalone', true), { serverSelectionTimeoutMS: 3000 });
  try {
    const admin = client.db('admin');
    const { ismaster, isreplicaset } = await admin.command({ isMaster: 1 });
    if (isreplicaset === true)
      await admin.command({ replSetInitiate: { _id: set, members: [{ _id: 0, host: `127.0.0.1:${port}` }] } });
    return ismaster === true;
  } finally {
    await client.close();
  }
}
