import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Operation, Place } from './operations.js';

const VICTIM = fileURLToPath(new URL('./victim.js', import.meta.url));

export type Moment =
  /** Right after a step, which leaves its trace and nothing of the next. */
  | { readonly afterStep: string }
  /** So long after the work began, wherever it is then. */
  | { readonly afterMs: number };

export interface Killed {
  /** False: it was through before the blow fell. */
  readonly died: boolean;
  readonly lastStep: string;
  /** It ended by itself, badly: what it said. */
  readonly fault: string | undefined;
}

/** Starts the operation in a process of its own and kills it (kill -9). */
export async function killIn(operation: Operation, place: Place, from: string, moment: Moment): Promise<Killed> {
  const dieAfter = 'afterStep' in moment ? moment.afterStep : '';
  const child = spawn(process.execPath, [VICTIM, operation, place.folder, place.startsAt, from, dieAfter], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const complained: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => complained.push(text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said.length === 0 && 'afterMs' in moment) setTimeout(() => child.kill('SIGKILL'), moment.afterMs);
    said.push(text);
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('close', (...ended) => resolve(ended)),
  );
  const lines = said.join('').trim().split('\n');
  const died = signal === 'SIGKILL';
  return {
    died,
    lastStep: lines.at(-1) ?? '',
    fault: died || code === 0 ? undefined : complained.join('').slice(0, 500),
  };
}
