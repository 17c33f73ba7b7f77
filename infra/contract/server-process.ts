import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A database server that a test starts, stops, kills and freezes. */
export interface ServerProcess {
  readonly port: number;
  /** SIGKILL: whatever was not on disk is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: it hangs, with its connections open. */
  freeze(): void;
  thaw(): void;
  /** The same server on the same data, once the last one has gone. */
  start(): Promise<void>;
  /** SIGTERM, and SIGKILL where that is not enough. */
  stop(): Promise<void>;
}

/** One that was killed again and again goes through what its checkpoints lack, for minutes where the machine is busy. */
const START_PATIENCE = 600_000;
const STOP_PATIENCE = 20_000;

/**
 * @param command runs the server in the foreground and becomes it (`exec …`), told PORT and DATA (a folder) by environment
 * @param ready says whether it answers
 */
export async function serverProcess(
  command: string,
  port: number,
  folder: string,
  ready: (port: number) => Promise<boolean>,
): Promise<ServerProcess> {
  let running: ChildProcess | undefined;
  const gone = (child: ChildProcess) =>
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (signal: NodeJS.Signals) => {
    if (!running) return;
    const child = running;
    running = undefined;
    const exited = gone(child);
    child.kill('SIGCONT');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE);
    await exited;
    clearTimeout(late);
  };
  const server: ServerProcess = {
    port,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    freeze: () => void running?.kill('SIGSTOP'),
    thaw: () => void running?.kill('SIGCONT'),
    async start() {
      running = spawn('/bin/sh', ['-c', command], {
        env: { ...process.env, PORT: String(port), DATA: folder },
        stdio: 'ignore',
      });
      const child = running;
      for (const until = Date.now() + START_PATIENCE; Date.now() < until; await sleep(200)) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error('the server ended while starting');
        if ((await listens(port)) && (await ready(port).catch(() => false))) return;
      }
      // whoever asked for it has nothing yet to stop it by
      await end('SIGKILL');
      throw new Error('the server did not start in time');
    },
  };
  await server.start();
  return server;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
