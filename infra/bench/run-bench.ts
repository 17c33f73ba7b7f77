import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { withTemporaryFolder } from '../demo/service-process.js';
import type { Bench, BenchReport } from './bench.js';
import { loadNow } from './machine.js';
import { summariseProfiles, type ThreadProfile } from './profile.js';

export interface BenchResult extends Omit<BenchReport, 'profiled'> {
  readonly bench: string;
  readonly about: string;
  readonly seconds: number;
  /** Of the machine over one minute, before and after. */
  readonly load: readonly [number, number];
  /** Of a further run under the profiler, whose figures are thrown away; or what the bench profiled by itself. */
  readonly profile?: readonly ThreadProfile[];
}

const PROGRAM = fileURLToPath(new URL('./bench-process.js', import.meta.url));

/** @throws Error when the bench cannot be run to its end */
export async function runBench(
  { name, about, profilesItself = false }: Pick<Bench, 'name' | 'about'> & { readonly profilesItself?: boolean },
  { quick, profile }: { readonly quick: boolean; readonly profile: boolean },
): Promise<BenchResult> {
  return withTemporaryFolder('bench', async (folder) => {
    const profiles = `${folder}/profiles`;
    await mkdir(profiles);
    const [before, started] = [loadNow(), performance.now()];
    const its = profile && profilesItself ? [profiles] : [];
    const { profiled, ...report } = await once([name, sizeOf(quick), `${folder}/report.json`, ...its], []);
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const result: BenchResult = { bench: name, about, seconds, load: [before, loadNow()], ...report };
    if (!profile || report.goals.every(({ met }) => met)) return result;
    if (!profilesItself)
      await once([name, sizeOf(true), `${folder}/profiled.json`], ['--cpu-prof', `--cpu-prof-dir=${profiles}`]);
    return { ...result, profile: await summariseProfiles(profiles, profiled) };
  });
}

const sizeOf = (quick: boolean): string => (quick ? 'quick' : 'full');

/** @param args what `bench-process` takes: the third is the file of the result */
async function once(args: readonly string[], flags: readonly string[]): Promise<BenchReport> {
  const child = spawn(process.execPath, [...flags, PROGRAM, ...args], { stdio: ['ignore', 2, 2] });
  const together = () => child.kill('SIGKILL');
  process.once('exit', together);
  const ended = await new Promise<string | number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
  process.off('exit', together);
  if (ended !== 0) throw new Error(`the bench « ${args[0]} » ended with ${ended}`);
  return JSON.parse(await readFile(args[2] ?? '', 'utf8')) as BenchReport;
}
