import type { ServerHeartbeatStartedEvent } from 'mongodb';

/** What is heard of a client's questions to its servers, whether they are there. */
export interface Heartbeats {
  on(event: 'serverHeartbeatStarted', hear: (event: Heard) => void): unknown;
  on(
    event: 'serverHeartbeatSucceeded' | 'serverHeartbeatFailed',
    hear: (event: Pick<Heard, 'connectionId'>) => void,
  ): unknown;
}
type Heard = Pick<ServerHeartbeatStartedEvent, 'connectionId' | 'awaited'>;

export interface HeartbeatWatch {
  /** Longest that a question may be without an answer or a failure, in milliseconds. */
  readonly patience: number;
  /** The same for one that the server holds back until it has news. */
  readonly awaitedPatience: number;
  /** Gives the client new connections. */
  readonly renew: () => Promise<void>;
}

/**
 * Renews a client whose watching of a server hangs. Seen on a running server whose lines were cut: the driver waits for
 * ever to write to a socket that is closed already, asks that server nothing any more, and takes it for lost until the
 * process ends.
 * @returns stops it
 */
export function watchHeartbeats(client: Heartbeats, { patience, awaitedPatience, renew }: HeartbeatWatch): () => void {
  const waiting = new Map<string, NodeJS.Timeout>();
  let stopped = false;
  let renewing = false;
  const settled = ({ connectionId }: { readonly connectionId: string }) => {
    clearTimeout(waiting.get(connectionId));
    waiting.delete(connectionId);
  };
  const late = () => {
    if (stopped || renewing) return;
    renewing = true;
    for (const connectionId of [...waiting.keys()]) settled({ connectionId });
    renew()
      // the server is away: the next call connects, or says so
      .catch(() => undefined)
      .finally(() => {
        renewing = false;
      });
  };
  client.on('serverHeartbeatStarted', ({ connectionId, awaited }) => {
    settled({ connectionId });
    if (!stopped) waiting.set(connectionId, setTimeout(late, awaited ? awaitedPatience : patience).unref());
  });
  client.on('serverHeartbeatSucceeded', settled);
  client.on('serverHeartbeatFailed', settled);
  return () => {
    stopped = true;
    for (const connectionId of [...waiting.keys()]) settled({ connectionId });
  };
}
