import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built service in a process of its own, started as `npm start` starts it, for those who use it from outside. */
export interface ServiceProcess {
  readonly url: string;
  /** Of the first administrator; undefined when the folder had one already. */
  readonly token: string | undefined;
  readonly pid: number;
  /** Everything the process wrote so far, both outputs. */
  output(): string;
  /** Ends it as Ctrl-C would and waits. */
  stop(): Promise<void>;
  /** Ends it with no chance to do anything (kill -9) and waits. */
  kill(): Promise<void>;
  readonly ended: Promise<void>;
}

export interface StartOptions {
  readonly data: string;
  /** Moment at which the simulated clock starts. */
  readonly simulate?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: one that the system chooses. */
  readonly port?: string;
  /** Another program that takes the same flags and says its address in the same way. Default: the service. */
  readonly program?: URL;
  readonly patienceMs?: number;
  /** For the engine itself: a profiler, say. */
  readonly engineFlags?: readonly string[];
}

const SERVICE = new URL('../../apps/service/main.js', import.meta.url);

/** @throws Error with what the process said, when it ends or stays silent instead of starting */
export async function startService(options: StartOptions): Promise<ServiceProcess> {
  const { data, simulate, env = {}, program = SERVICE, port = '0', patienceMs = 600_000, engineFlags = [] } = options;
  const flags = ['--data', data, '--port', port, ...(simulate === undefined ? [] : ['--simulate', simulate])];
  // a process that runs under the profiler wants to know where the time of its service goes
  const profiler = process.execArgv.filter((flag) => flag.startsWith('--cpu-prof'));
  const child = spawn(process.execPath, [...profiler, ...engineFlags, fileURLToPath(program), ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutSettings(process.env), ...env },
  });
  const chunks: string[] = [];
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // whatever ends this process, the one it started goes with it
  const together = () => child.kill('SIGKILL');
  process.prependOnceListener('exit', together);
  void ended.then(() => process.off('exit', together));
  const output = () => chunks.join('');
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => fail(`did not start within ${patienceMs} ms`), patienceMs);
    const fail = (why: string) => {
      clearTimeout(late);
      child.kill('SIGKILL');
      reject(new Error(`The service ${why}:\n${output()}`));
    };
    child.once('error', (error) => fail(`could not be run (${error.message})`));
    const died = (code: number | null, signal: string | null) => fail(`ended (${signal ?? code}) instead of starting`);
    child.once('exit', died);
    const listen = (stream: ChildProcess['stdout']) =>
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        chunks.push(chunk);
        if (addressIn(output()) !== undefined && readyIn(output())) {
          clearTimeout(late);
          child.off('exit', died);
          resolve();
        }
      });
    listen(child.stdout);
    listen(child.stderr);
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    url: addressIn(output()) ?? '',
    token: /tem_[A-Za-z0-9_-]{43}/.exec(output())?.[0],
    pid: child.pid ?? -1,
    output,
    stop: () => end('SIGINT'),
    kill: () => end('SIGKILL'),
    ended,
  };
}

const addressIn = (text: string): string | undefined => /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
/** The greeting's last line says how to stop. */
const readyIn = (text: string): boolean => text.includes('Ctrl-C');

/** Settings of whoever runs this must not reach a service that is started for a purpose of its own. */
const withoutSettings = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMOIN_')));

/** A folder that is gone when the work is done, however it went, and when this process ends before. */
export async function withTemporaryFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `temoin-${name}-`));
  const gone = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', gone);
  try {
    return await work(folder);
  } finally {
    process.off('exit', gone);
    await rm(folder, { recursive: true, force: true });
  }
}
