import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { withTemporaryFolder } from '../demo/service-process.js';
import { differencesOf } from './compare.js';
import { type Engine, serverOf } from './engines.js';
import type { Played } from './play.js';

export interface ParityReport {
  readonly seed: number;
  readonly commands: number;
  readonly runs: readonly EngineRun[];
  /** Engines whose server is not given: nothing is known of them. */
  readonly notRun: readonly { readonly engine: Engine; readonly variable: string }[];
}

export interface EngineRun {
  readonly engine: Engine;
  readonly events: number;
  readonly streams: number;
  readonly documents: number;
  /** Types of commands of which one at least was accepted. */
  readonly commandTypes: number;
  readonly eventTypes: number;
  readonly accepted: number;
  readonly seconds: number;
  /** From the first engine's run. */
  readonly differences: readonly string[];
}

export interface ParityOptions {
  readonly seed: number;
  readonly commands: number;
  /** The first is what the others are compared with. */
  readonly engines: readonly Engine[];
  readonly root: string;
  readonly tell?: (line: string) => void;
}

const PLAYER = fileURLToPath(new URL('./player.js', import.meta.url));

/** The same scenario on each engine, one process each, and where they part. @throws Error when a run cannot be played */
export async function parity({
  seed,
  commands,
  engines,
  root,
  tell = () => undefined,
}: ParityOptions): Promise<ParityReport> {
  const absent = engines.flatMap((engine) => {
    const variable = serverOf[engine];
    return variable !== undefined && !process.env[variable] ? [{ engine, variable }] : [];
  });
  const present = engines.filter((engine) => absent.every((one) => one.engine !== engine));
  return withTemporaryFolder('parity', async (folder) => {
    const runs: EngineRun[] = [];
    let first: Played | undefined;
    for (const engine of present) {
      const started = Date.now();
      const own = `${folder}/${engine}`;
      await mkdir(own);
      const run = `p${process.pid.toString(36)}${Date.now().toString(36)}`;
      await playIn([engine, String(seed), String(commands), own, root, run]);
      const played = JSON.parse(await readFile(`${own}/played.json`, 'utf8')) as Played;
      first ??= played;
      const { snapshot, accepted } = played;
      const one: EngineRun = {
        engine,
        events: snapshot.events.length,
        streams: new Set(snapshot.events.map(({ stream }) => stream)).size,
        documents: Object.keys(snapshot.documents).length,
        commandTypes: Object.keys(accepted).length,
        eventTypes: new Set(snapshot.events.map(({ type }) => type)).size,
        accepted: Object.values(accepted).reduce((sum, count) => sum + count, 0),
        seconds: Math.round((Date.now() - started) / 100) / 10,
        differences: differencesOf(first.snapshot, snapshot),
      };
      runs.push(one);
      tell(sentenceOf(one));
    }
    return { seed, commands, runs, notRun: absent };
  });
}

export const sentenceOf = (run: EngineRun): string =>
  `${run.engine}: ${run.events} events of ${run.eventTypes} types in ${run.streams} streams, ${run.documents} documents, ` +
  `${run.accepted} random commands of ${run.commandTypes} types accepted, ${run.seconds} s; ${run.differences.length} differences`;

async function playIn(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['--no-warnings', PLAYER, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const together = () => child.kill('SIGKILL');
  process.once('exit', together);
  const code = await new Promise((resolve) => child.once('close', resolve));
  process.off('exit', together);
  if (code !== 0) throw new Error(`the run on ${args[0]} ended with ${code}: ${said.join('').slice(0, 2000)}`);
}
