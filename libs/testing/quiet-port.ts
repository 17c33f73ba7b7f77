import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A port of this machine that nobody has, and that the system gives to nobody who asks for any: those are above 32 767
 * (Linux; elsewhere higher still). One that was let go may be somebody else's before it is taken again.
 */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = randomInt(16_000, 32_000);
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
