import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ServerProcess } from '../../contract/server-process.js';
import type { Operation, Place } from './operations.js';

const VICTIM = fileURLToPath(new URL('./victim.js', import.meta.url));

/** What dies: the process itself, or the server of its events or its keys, which is away for so long and then starts again. */
export type Victim = 'process' | { readonly server: ServerProcess; readonly awayMs: number };

export type Moment =
  /** Right after a step, which leaves its trace and nothing of the next. */
  | { readonly afterStep: string }
  /** So long after the work began, wherever it is then. */
  | { readonly afterMs: number };

export interface Killed {
  /** False: it was through before the blow fell. */
  readonly died: boolean;
  readonly lastStep: string;
  /** It ended by itself, badly: what it said. Where its server was killed, that is as good as going on. */
  readonly fault: string | undefined;
}

/** Starts the operation in a process of its own and kills it, or its server (kill -9). */
export async function killIn(
  operation: Operation,
  place: Place,
  from: string,
  moment: Moment,
  victim: Victim = 'process',
): Promise<Killed> {
  const at = 'afterStep' in moment ? moment.afterStep : '';
  const signal = victim === 'process' ? 'SIGKILL' : 'SIGSTOP';
  const child = spawn(process.execPath, [VICTIM, operation, from, signal, at], {
    env: { ...process.env, TEMOIN_CRASH_PLACE: JSON.stringify(place) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  let blow: Promise<string> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const strike = () => {
    const after = lastOf(said);
    blow ??= fall(child, victim).then(() => after);
  };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complained += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const first = said === '';
    said += text;
    if ('afterMs' in moment && first) timer = setTimeout(strike, moment.afterMs);
    if (victim !== 'process' && at !== '' && said.split('\n').includes(at)) strike();
  });
  const [code, ended] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('close', (...how) => resolve(how)),
  );
  clearTimeout(timer);
  const struckAfter = await blow;
  const died = victim === 'process' ? ended === 'SIGKILL' : struckAfter !== undefined;
  return {
    died,
    lastStep: victim === 'process' ? lastOf(said) : (struckAfter ?? lastOf(said)),
    fault: ended === 'SIGKILL' || code === 0 ? undefined : complained.slice(0, 500),
  };
}

const lastOf = (said: string): string => said.trim().split('\n').at(-1) ?? '';

async function fall(child: ChildProcess, victim: Victim): Promise<void> {
  if (victim === 'process') {
    child.kill('SIGKILL');
    return;
  }
  try {
    await victim.server.kill();
    await sleep(victim.awayMs);
    await victim.server.start();
  } finally {
    child.kill('SIGCONT');
  }
}
