import { readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench, BenchReport } from './bench.js';

/** Every file in `benches/` is a bench. */
async function loadBenches(): Promise<readonly Bench[]> {
  const folder = new URL('./benches/', import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js') && !file.endsWith('.test.js')).sort();
  return Promise.all(
    files.map(async (file) => ((await import(new URL(file, folder).href)) as { readonly bench: Bench }).bench),
  );
}

const helpOf = (benches: readonly Bench[]): string =>
  [
    'Usage: npm run bench -- NAME [--quick] [--json]',
    '',
    'Benches:',
    ...benches.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`),
    '',
    'Options:',
    '  --quick      short runs: shows that it works, not how fast it is',
    '  --json       one JSON document on standard output and nothing else',
    '  --help       this text',
    '',
    'Exit code: 0 measured (goals met or not), 1 a bench failed, 2 wrong arguments.',
    '',
  ].join('\n');

/** @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  const benches = await loadBenches();
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${helpOf(benches)}`);
    return 2;
  }
  const { values, positionals } = parsed;
  if (values.help) {
    process.stdout.write(helpOf(benches));
    return 0;
  }
  const bench = benches.find(({ name }) => name === positionals[0]);
  if (!bench || positionals.length !== 1) {
    process.stderr.write(helpOf(benches));
    return 2;
  }
  const report = await bench.run({
    quick: values.quick,
    progress: (line) => process.stderr.write(`${line}\n`),
  });
  const processor = cpus();
  const machine = {
    node: process.version,
    processors: processor.length,
    model: processor[0]?.model ?? 'unknown',
  };
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ bench: bench.name, quick: values.quick, machine, ...report }, undefined, 2)}\n`
      : tableOf(bench.name, `Node ${machine.node}, ${machine.processors} processors (${machine.model})`, report),
  );
  return 0;
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });

function tableOf(name: string, machine: string, { figures, goals, notes }: BenchReport): string {
  const round = (value: number) => (value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(1));
  return [
    `${name} — ${machine}`,
    '',
    ...figures.map(
      ({ name: what, value, unit, runs }) =>
        `  ${what.padEnd(44)} ${round(value).padStart(10)} ${unit.padEnd(9)} (${round(Math.min(...runs))} to ${round(Math.max(...runs))})`,
    ),
    '',
    'Goals',
    ...goals.map(
      ({ goal, wanted, got, met }) => `  ${met ? 'met    ' : 'NOT MET'}  ${goal}: ${got} (wanted ${wanted})`,
    ),
    '',
    ...notes.map((note) => `  ${note}`),
    '',
  ].join('\n');
}
