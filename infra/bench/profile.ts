import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Profiled } from './bench.js';

/** Where the processor time of one thread went. */
export interface ThreadProfile {
  /** The program or worker that ran in it, by its file. */
  readonly thread: string;
  /** `main` of the bench, or what the process or worker is by its busiest file. */
  readonly busySeconds: number;
  /** Functions by the time spent in them alone, most first; share of the thread's busy time. */
  readonly top: readonly { readonly what: string; readonly share: number }[];
}

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  /** By the machine’s monotonic clock, in microseconds. */
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const TOP = 10;
const ENTRY =
  /\/dist\/(apps\/service\/(?:main|serve|run-service|bare-post)|infra\/bench\/bench-process|libs\/[^.]+\/(?:folding-)?worker)\.js$/;
/** The loop of a database's thread sleeps in there (`Atomics.wait`), which counts as running. */
const WAITING = /^\(idle\)$|^\(root\)$|^work \(libs\/sqlite\/serve\.js/;

/**
 * Reads what `node --cpu-prof` left in a folder: one file for each thread, busiest first.
 * @param those only these processes, and each only as far as it says. Default: all, whole.
 */
export async function summariseProfiles(
  folder: string,
  those?: readonly Profiled[],
): Promise<readonly ThreadProfile[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.cpuprofile'));
  const all = await Promise.all(
    files.map(async (file) => {
      // CPU.day.time.process.thread.number.cpuprofile
      const one = those?.find(({ pid }) => String(pid) === file.split('.')[3]);
      if (those && !one) return [];
      return [summarise(JSON.parse(await readFile(join(folder, file), 'utf8')) as Profile, one)];
    }),
  );
  return all
    .flat()
    .filter(({ busySeconds }) => busySeconds > 0.2)
    .sort((one, other) => other.busySeconds - one.busySeconds);
}

function summarise({ nodes, samples, timeDeltas, startTime }: Profile, one: Profiled | undefined): ThreadProfile {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const spent = new Map<string, number>();
  let now = startTime;
  for (const [at, id] of samples.entries()) {
    const took = timeDeltas[at] ?? 0;
    now += took;
    if (one && now > one.until) break;
    const name = names.get(id) ?? '?';
    if (!WAITING.test(name)) spent.set(name, (spent.get(name) ?? 0) + took);
  }
  const busy = [...spent.values()].reduce((sum, one) => sum + one, 0);
  const top = [...spent]
    .sort(([, one], [, other]) => other - one)
    .slice(0, TOP)
    .map(([what, microseconds]) => ({ what, share: Math.round((microseconds / busy) * 1000) / 1000 }));
  const entry = nodes
    .map(({ callFrame }) => ENTRY.exec(callFrame.url)?.[1])
    .find((one) => one !== undefined)
    ?.replace(/\/(?:serve|run-service)$/, '/main');
  // a program that only waits after its first moments may not have been met in its own file
  const ofBench = nodes.some(({ callFrame }) => callFrame.url.includes('/dist/infra/bench/'));
  const thread = [entry ?? (ofBench ? 'infra/bench/bench-process' : 'another'), ...(one ? [one.what] : [])].join(', ');
  return { thread, busySeconds: Math.round(busy / 10_000) / 100, top };
}

/** `seal (libs/vault/aead.js:40)`; of paths only what lies inside the project or a package. */
function nameOf({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string {
  const name = functionName === '' ? '(anonymous)' : functionName;
  if (url === '') return name;
  const inside = /(?:\/node_modules\/|\/dist\/)((?:(?!\/node_modules\/).)*)$/.exec(url)?.[1] ?? url.split('/').pop();
  return `${name} (${inside}:${lineNumber + 1})`;
}
