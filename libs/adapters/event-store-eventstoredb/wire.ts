import { getDefaultHighWaterMark, type Readable, setDefaultHighWaterMark } from 'node:stream';
import { EventStoreDBClient } from '@eventstore/db-client';
import streamsService, {
  type StreamsClient as StreamsClientType,
} from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';

/** Streams of answers, as the client's own library makes them. */
export type ReadCall = ReturnType<StreamsClientType['read']>;
export type BatchCall = ReturnType<StreamsClientType['batchAppend']>;

/**
 * The client's connection (discovery, TLS, credentials, keep-alive, reconnection) with the protocol's own messages on it.
 * The client's `appendToStream`, `readAll` and `subscribeToAll` are not used, because
 * - they parse data and metadata and give objects back: the bytes as stored cannot be had from them;
 * - pending appends of all clients share one map: disposing one client, or losing its connection, rejects the appends of the
 *   others, a late answer throws where nobody can catch it, and nothing ever times out;
 * - reads take no filter.
 * Everything below the messages is the client's, and its version is pinned.
 */
export interface Wire {
  read(request: ReadReq): Promise<ReadCall>;
  batchAppend(): Promise<BatchCall>;
  /** As the server says it, or `unknown` from one that is too old to say it. */
  serverVersion(): Promise<string>;
  /** Cancels what is still open on this connection, and only that. */
  dispose(): Promise<void>;
}

/** Metadata and options of a call. */
type CallArguments = Parameters<(...given: Parameters<StreamsClientType['batchAppend']>) => void>;

/** The part of the client that its subclasses are given; declared `protected` there. */
interface Plumbing {
  GRPCStreamCreator<T extends Readable>(
    client: typeof StreamsClientType,
    debugName: string,
    creator: (client: StreamsClientType) => T,
  ): () => Promise<T>;
  readonly capabilities: Promise<{ readonly serverVersion: string }>;
  callArguments(base: object, options: { readonly deadline: number }): CallArguments;
  dispose(): Promise<void>;
}

const WITHOUT_DEADLINE = { deadline: Number.POSITIVE_INFINITY };

/** @throws Error the connection string is not one of EventStoreDB. Connects at the first call, not here. */
export function openWire(connectionString: string): Wire {
  const plumbing = EventStoreDBClient.connectionString(connectionString) as unknown as Plumbing;
  const call = async <T extends Readable>(name: string, creator: (client: StreamsClientType) => T): Promise<T> => {
    const stream = await plumbing.GRPCStreamCreator(streamsService.StreamsClient, name, (client) => {
      const made = withShortQueue(() => creator(client));
      // A stream that fails after its reader has left must not bring the process down.
      made.on('error', () => {});
      return made;
    })();
    return stream;
  };
  return {
    read: (request) => call('read', (client) => client.read(request, ...plumbing.callArguments({}, WITHOUT_DEADLINE))),
    batchAppend: () =>
      call('batchAppend', (client) => client.batchAppend(...plumbing.callArguments({}, WITHOUT_DEADLINE))),
    serverVersion: async () => (await plumbing.capabilities).serverVersion,
    dispose: () => plumbing.dispose(),
  };
}

/** Messages that wait for a slow consumer, each up to a mebibyte. */
const QUEUE = 4;

/** Streams made in here queue little; the library makes them at once and lets nobody say how long their queue is. */
function withShortQueue<T>(make: () => T): T {
  const before = getDefaultHighWaterMark(true);
  setDefaultHighWaterMark(true, QUEUE);
  try {
    return make();
  } finally {
    setDefaultHighWaterMark(true, before);
  }
}
