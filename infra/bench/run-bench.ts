import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { withTemporaryFolder } from '../demo/service-process.js';
import type { BenchReport } from './bench.js';
import { loadNow } from './machine.js';
import { summariseProfiles, type ThreadProfile } from './profile.js';

export interface BenchResult extends BenchReport {
  readonly bench: string;
  readonly about: string;
  readonly seconds: number;
  /** Of the machine over one minute, before and after. */
  readonly load: readonly [number, number];
  /** Of a further run under the profiler; its figures are thrown away. */
  readonly profile?: readonly ThreadProfile[];
}

const PROGRAM = fileURLToPath(new URL('./bench-process.js', import.meta.url));

/** @throws Error when the bench cannot be run to its end */
export async function runBench(
  { name, about }: { readonly name: string; readonly about: string },
  { quick, profile }: { readonly quick: boolean; readonly profile: boolean },
): Promise<BenchResult> {
  return withTemporaryFolder('bench', async (folder) => {
    const [before, started] = [loadNow(), performance.now()];
    const report = await once(name, quick, `${folder}/report.json`, []);
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const result: BenchResult = { bench: name, about, seconds, load: [before, loadNow()], ...report };
    if (!profile || report.goals.every(({ met }) => met)) return result;
    const profiles = `${folder}/profiles`;
    await mkdir(profiles);
    await once(name, true, `${folder}/profiled.json`, ['--cpu-prof', `--cpu-prof-dir=${profiles}`]);
    return { ...result, profile: await summariseProfiles(profiles) };
  });
}

async function once(name: string, quick: boolean, file: string, flags: readonly string[]): Promise<BenchReport> {
  const child = spawn(process.execPath, [...flags, PROGRAM, name, quick ? 'quick' : 'full', file], {
    stdio: ['ignore', 2, 2],
  });
  const together = () => child.kill('SIGKILL');
  process.once('exit', together);
  const ended = await new Promise<string | number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
  process.off('exit', together);
  if (ended !== 0) throw new Error(`the bench « ${name} » ended with ${ended}`);
  return JSON.parse(await readFile(file, 'utf8')) as BenchReport;
}
