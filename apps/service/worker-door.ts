import { createServer, type Server } from 'node:http';
import type { Temoin } from '#application/temoin.js';

export interface WorkerDoor {
  /** @returns the port listened on */
  listen(port: number, host: string): Promise<number>;
  close(): Promise<void>;
}

/** What a worker answers: whether it lives and is ready, and its figures. No command and no question about people. */
export function workerDoor(
  temoin: Temoin,
  metrics: () => Promise<{ readonly type: string; readonly text: string }>,
): WorkerDoor {
  const answers: Readonly<Record<string, () => Promise<readonly [status: number, type: string, text: string]>>> = {
    '/health/live': async () => [200, JSON_TYPE, '{"status":"ok"}'],
    '/health/ready': async () => {
      const readiness = await temoin.ready();
      const status = readiness.ready ? 'ok' : 'unavailable';
      return [readiness.ready ? 200 : 503, JSON_TYPE, JSON.stringify({ status, ...readiness })];
    },
    '/metrics': async () => {
      const { type, text } = await metrics();
      return [200, type, text];
    },
  };
  const server: Server = createServer((request, reply) => {
    const answer = request.method === 'GET' ? answers[request.url ?? ''] : undefined;
    const nothing = async () => [404, JSON_TYPE, '{"status":"worker"}'] as const;
    (answer ?? nothing)().then(
      ([status, type, text]) =>
        reply.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text),
      () => reply.writeHead(500).end(),
    );
  });
  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          const address = server.address();
          resolve(typeof address === 'object' && address ? address.port : port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const JSON_TYPE = 'application/json; charset=utf-8';
