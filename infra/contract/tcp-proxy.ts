import { connect, createServer, type Server, type Socket } from 'node:net';

/** A line to a server that can be cut, frozen or made deaf, on the loopback address. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks what is open; new connections are made as before. */
  cut(): void;
  /** Nothing passes in either direction, and nothing breaks: a server that hangs. */
  freeze(): void;
  /** What the server says is thrown away: it hears everything, and its answers are lost. */
  deafen(): void;
  /** All passes again; what was held back first. */
  mend(): void;
  /** New connections are refused, those open are broken. */
  shut(): Promise<void>;
  /** Connections made so far. */
  readonly made: () => number;
}

type Mode = 'open' | 'frozen' | 'deaf';

/**
 * @param heard is told what a client sends, before it is passed on; false holds it back and cuts that line. What it freezes
 *   is held back with all the rest, and told again when it is mended
 */
export async function tcpProxy(
  host: string,
  port: number,
  heard: (bytes: Buffer) => boolean = () => true,
): Promise<TcpProxy> {
  let mode: Mode = 'open';
  let made = 0;
  const lines = new Set<readonly [Socket, Socket]>();
  const server: Server = createServer((client) => {
    made += 1;
    const upstream = connect(port, host);
    const line = [client, upstream] as const;
    lines.add(line);
    const end = () => {
      lines.delete(line);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of line) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    if (mode === 'frozen') pause(line);
    client.on('data', (bytes) => {
      if (!heard(bytes)) end();
      else if (mode === 'frozen') client.unshift(bytes);
      else upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (mode !== 'deaf') client.write(bytes);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a proxy needs a port');
  const cut = () => {
    for (const [client, upstream] of lines) {
      client.destroy();
      upstream.destroy();
    }
  };
  return {
    port: address.port,
    cut,
    made: () => made,
    freeze() {
      mode = 'frozen';
      for (const line of lines) pause(line);
    },
    deafen() {
      mode = 'deaf';
    },
    mend() {
      // Answers that were lost leave a broken stream of bytes behind: those lines cannot go on.
      if (mode === 'deaf') cut();
      mode = 'open';
      for (const line of lines) for (const socket of line) socket.resume();
    },
    async shut() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      await closed;
    },
  };
}

function pause(line: readonly [Socket, Socket]): void {
  for (const socket of line) socket.pause();
}
