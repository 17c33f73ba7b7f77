import { connect, type Socket } from 'node:net';

export interface Load {
  /** Answered 2xx, per second. */
  readonly perSecond: number;
  /** Of each answer, in milliseconds. */
  readonly latencies: readonly number[];
  /** Answers that were not 2xx: status and how many. */
  readonly refused: ReadonlyMap<number, number>;
}

const HEAD_END = '\r\n\r\n';

/**
 * Sends the same POST again and again over so many kept connections, each waiting for its answer before it sends the next.
 * As little of the machine as possible: bytes made once, answers read for status and length only.
 */
export async function httpLoad(
  url: string,
  options: {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly connections: number;
    readonly milliseconds: number;
  },
): Promise<Load> {
  const { hostname, port, host } = new URL(url);
  const { path, headers, body, connections, milliseconds } = options;
  const all = {
    host,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const request = Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}${HEAD_END}${body}`);
  const latencies: number[] = [];
  const refused = new Map<number, number>();
  const started = performance.now();
  const until = started + milliseconds;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = await opened(Number(port), hostname);
      const answers = answersOf(socket);
      while (performance.now() < until) {
        const sent = performance.now();
        socket.write(request);
        const status = await answers();
        if (status >= 200 && status < 300) latencies.push(performance.now() - sent);
        else refused.set(status, (refused.get(status) ?? 0) + 1);
      }
      socket.destroy();
    }),
  );
  return { perSecond: (latencies.length * 1000) / (performance.now() - started), latencies, refused };
}

const opened = (port: number, host: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host, noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => resolve(socket));
  });

/** @returns a function that waits for one whole answer (with a length, not chunked) and gives its status */
function answersOf(socket: Socket): () => Promise<number> {
  let received = '';
  let waiting: { readonly resolve: (status: number) => void; readonly reject: (error: Error) => void } | undefined;
  const look = () => {
    const head = received.indexOf(HEAD_END);
    if (head < 0 || !waiting) return;
    const length = Number(/content-length: (\d+)/i.exec(received.slice(0, head))?.[1] ?? 0);
    if (received.length < head + HEAD_END.length + length) return;
    const status = Number(received.slice(9, 12));
    received = received.slice(head + HEAD_END.length + length);
    const { resolve } = waiting;
    waiting = undefined;
    resolve(status);
  };
  // one character for each byte: lengths are in bytes
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    received += chunk;
    look();
  });
  const lost = (error?: Error) => waiting?.reject(error ?? new Error('the connection was closed'));
  socket.on('error', lost).on('close', () => lost());
  return () =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      look();
    });
}
