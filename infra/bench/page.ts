import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../apps/composition/configuration.js';
import { byText, generatedNote, page, table } from '../generate/markdown.js';
import type { Figure } from './bench.js';
import type { Machine } from './machine.js';
import { remarks } from './remarks.js';
import type { BenchResult } from './run-bench.js';

export const RAW_RESULTS = 'infra/bench/performance.generated.json';
export const PERFORMANCE_PAGE = 'docs/reference/performance.md';

export interface RawResults {
  readonly size: 'quick' | 'full';
  readonly machine: Machine;
  readonly benches: readonly BenchResult[];
}

/** The raw results as they are kept, and the page that derives from them and from nothing else. */
export async function performancePage(
  fresh?: RawResults,
): Promise<{ readonly raw: string; readonly text: string } | undefined> {
  const kept = await readFile(join(projectFolder, RAW_RESULTS), 'utf8').catch(() => undefined);
  const before = kept === undefined ? undefined : (JSON.parse(kept) as RawResults);
  const all = fresh === undefined ? before : together(before, fresh);
  return all && { raw: `${JSON.stringify(all, undefined, 2)}\n`, text: textOf(all) };
}

/** Fresh results in the place of the same benches' older ones, when both are of one machine and size. */
function together(before: RawResults | undefined, fresh: RawResults): RawResults {
  const { syncMs: _, ...machine } = fresh.machine;
  const { syncMs: __, ...known } = before?.machine ?? fresh.machine;
  if (before === undefined || before.size !== fresh.size || JSON.stringify(known) !== JSON.stringify(machine))
    return fresh;
  const names = new Set(fresh.benches.map(({ bench }) => bench));
  const benches = [...before.benches.filter(({ bench }) => !names.has(bench)), ...fresh.benches];
  return { ...fresh, benches: benches.sort((one, other) => byText(one.bench, other.bench)) };
}

function textOf({ size, machine, benches }: RawResults): string {
  const goals = benches.flatMap(({ bench, goals: of }) => of.map((one) => ({ bench, ...one })));
  const met = goals.filter((one) => one.met).length;
  const missed = benches.filter((one) => one.goals.some((goal) => !goal.met));
  const notRun = benches.flatMap(({ bench, notRun: why = [] }) => why.map((line) => `- **${bench}**: ${line}`));
  return page(
    generatedNote(`${RAW_RESULTS}, which \`npm run bench -- ${size === 'full' ? '--full ' : ''}--write\` measures`),
    '# Performance',
    'Each figure stands beside its limit or its peer, measured in turn in the same run on the same disk: only the ratios mean anything on another machine. A ratio is the median over the rounds of one run, not the ratio of two medians.',
    `Measured with Node ${machine.node.slice(1)} on ${machine.processors} processors (${machine.model}), ${machine.memoryGiB} GiB of memory, ${machine.system}, ${machine.fileSystem}; one 4 KiB write with fsync takes ${machine.syncMs} ms. ${
      size === 'full' ? 'Full run.' : 'Quick run: shows that it works more than how fast it is.'
    } Load over one minute during the runs: ${Math.min(...benches.flatMap(({ load }) => load))} to ${Math.max(...benches.flatMap(({ load }) => load))}; above the number of processors every figure suffers.`,
    `## Goals: ${met} of ${goals.length} met`,
    table(
      ['Bench', 'Measure', 'Goal', 'Measured', ''],
      goals.map(({ bench, goal, wanted, got, met: good }) => [bench, goal, wanted, got, good ? 'met' : '**missed**']),
    ),
    ...(notRun.length > 0 ? ['## Not run', notRun.join('\n')] : []),
    ...(missed.length > 0 ? ['## Where goals are missed, and where the time goes', ...missed.map(missedOf)] : []),
    '## All figures',
    ...benches.filter(({ figures }) => figures.length > 0).map(figuresOf),
  );
}

function missedOf({ bench, goals, profile = [] }: BenchResult): string {
  const lines = goals.filter(({ met }) => !met).map(({ goal, wanted, got }) => `- ${goal}: ${got}, wanted ${wanted}`);
  const threads = profile.slice(0, 4).map(({ thread, busySeconds, top }) => {
    const shares = top.map(({ what, share }) => `${(share * 100).toFixed(0)} % ${what.replaceAll('|', '\\|')}`);
    return `\`${thread}\`, busy for ${busySeconds} s, by function (itself alone): ${shares.join('; ')}.`;
  });
  return [`### ${bench}`, lines.join('\n'), ...(remarks[bench] ? [remarks[bench]] : []), ...threads].join('\n\n');
}

function figuresOf({ bench, about, figures, notes, seconds, load }: BenchResult): string {
  const rows = figures.map((one) => [one.name, `${shown(one.value)} ${one.unit}`, rangeOf(one)]);
  return [
    `### ${bench}`,
    `${about}. ${seconds} s; load ${load.join(' to ')}.`,
    table(['Figure', 'Median', 'Runs'], rows),
    notes.map((note) => `- ${note}`).join('\n'),
  ].join('\n\n');
}

const shown = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const rangeOf = ({ runs }: Figure): string => `${shown(Math.min(...runs))} to ${shown(Math.max(...runs))}`;

/** The same for a terminal. */
export function tableOf({ bench, seconds, load, figures, goals, notes, notRun = [] }: BenchResult): string {
  return [
    `${bench} (${seconds} s, load ${load.join(' to ')})`,
    ...figures.map(
      (one) => `  ${one.name.padEnd(60)} ${shown(one.value).padStart(10)} ${one.unit.padEnd(9)} (${rangeOf(one)})`,
    ),
    ...goals.map(
      ({ goal, wanted, got, met }) => `  ${met ? 'met    ' : 'NOT MET'}  ${goal}: ${got} (wanted ${wanted})`,
    ),
    ...notRun.map((why) => `  not run  ${why}`),
    ...notes.map((note) => `  ${note}`),
    '',
    '',
  ].join('\n');
}
