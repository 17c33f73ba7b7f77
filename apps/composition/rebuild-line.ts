import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RebuildProgress, RebuildReport } from '#application/temoin.js';

/**
 * The line by which a tool has the running service rebuild some of its views. Only the process that projects can hold its
 * projection while two versions of a view are compared and swapped; another one would lose what is applied meanwhile.
 * A socket in the data folder, so whoever may open the root key may ask and nobody else.
 */
const SOCKET = 'service.sock';
/** What the shortest of the systems takes in a socket's path. */
const MOST_BYTES = 100;

export type Rebuild = (
  views: readonly string[],
  onProgress: (progress: RebuildProgress) => void,
) => Promise<readonly RebuildReport[]>;

type Said =
  | { readonly progress: RebuildProgress }
  | { readonly reports: readonly RebuildReport[] }
  | { readonly failure: string };

/**
 * Answers until it is closed. For the holder of the service lock alone: what a killed service left is removed.
 * @throws where the system has no such socket: another file system, too long a path
 */
export async function openRebuildLine(
  folder: string,
  rebuild: Rebuild,
): Promise<{ readonly close: () => Promise<void> }> {
  const path = pathIn(folder);
  if (path === undefined) throw new Error('the path of the data folder is too long for a socket');
  await rm(path, { force: true });
  const callers = new Set<Socket>();
  const server = createServer((caller) => {
    callers.add(caller);
    caller.once('close', () => callers.delete(caller));
    // a tool that is stopped half-way hangs up; the rebuild goes on to its end
    caller.on('error', () => undefined);
    const lines = createInterface({ input: caller, crlfDelay: Number.POSITIVE_INFINITY });
    lines.once('line', (views) => void answer(caller, views.split(' '), rebuild));
    // the same failure reaches the reader of lines
    lines.on('error', () => undefined);
  });
  server.listen(path);
  await once(server, 'listening');
  server.on('error', () => undefined);
  await chmod(path, 0o600);
  return {
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const caller of callers) caller.destroy();
      await closed;
    },
  };
}

async function answer(caller: Socket, views: readonly string[], rebuild: Rebuild): Promise<void> {
  const say = (said: Said) => caller.writable && caller.write(`${JSON.stringify(said)}\n`);
  try {
    say({ reports: await rebuild(views, (progress) => say({ progress })) });
  } catch (error) {
    const code = (error as { readonly code?: unknown } | undefined)?.code;
    say({ failure: typeof code === 'string' ? code : 'fault' });
  }
  caller.end();
}

export type Answered =
  | { readonly outcome: 'rebuilt'; readonly reports: readonly RebuildReport[] }
  /** The service could not do it; the code is a store's or the application's. */
  | { readonly outcome: 'failed'; readonly code: string }
  /** The service went away before the end: the live view stands, rebuilt or not. */
  | { readonly outcome: 'cut' }
  /** Whoever holds the folder does not answer here. */
  | { readonly outcome: 'nobody' };

/** Asks the service of this folder, and waits to the end. */
export async function askForRebuild(
  folder: string,
  views: readonly string[],
  onProgress: (progress: RebuildProgress) => void,
): Promise<Answered> {
  const path = pathIn(folder);
  if (path === undefined) return { outcome: 'nobody' };
  const service = createConnection(path);
  try {
    await once(service, 'connect');
  } catch {
    return { outcome: 'nobody' };
  }
  service.on('error', () => undefined);
  service.write(`${views.join(' ')}\n`);
  const lines = createInterface({ input: service, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) {
      const said = JSON.parse(line) as Said;
      if ('reports' in said) return { outcome: 'rebuilt', reports: said.reports };
      if ('failure' in said) return { outcome: 'failed', code: said.failure };
      onProgress(said.progress);
    }
  } catch {
    // the line broke: as when it ends
  } finally {
    service.destroy();
  }
  return { outcome: 'cut' };
}

const pathIn = (folder: string): string | undefined => {
  const path = join(folder, SOCKET);
  return Buffer.byteLength(path) > MOST_BYTES ? undefined : path;
};
