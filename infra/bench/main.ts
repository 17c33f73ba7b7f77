import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../../apps/composition/configuration.js';
import type { Bench } from './bench.js';
import { loadBenches } from './list.js';
import { describeMachine } from './machine.js';
import { PERFORMANCE_PAGE, performancePage, RAW_RESULTS, type RawResults, tableOf } from './page.js';
import { type BenchResult, runBench } from './run-bench.js';

const helpOf = (benches: readonly Bench[]): string =>
  [
    'Usage: npm run bench -- [NAME…] [--full] [--json] [--profile] [--write]',
    '',
    'Each figure stands beside its limit or peer, measured in turn in the same run. Without a name: every bench.',
    '',
    'Benches:',
    ...benches.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`),
    '',
    'Options:',
    '  --full       the sizes that the goals speak of (an hour at most); without it short runs, three minutes in all',
    '  --json       one JSON document on standard output and nothing else',
    '  --profile    a bench whose goals are not all met runs once more, short, under the profiler',
    `  --write      keeps the raw results in ${RAW_RESULTS} and writes ${PERFORMANCE_PAGE};`,
    '               with names, those benches replace their own results and the others stay',
    '  --help       this text',
    '',
    'TEMOIN_TEST_EVENTSTOREDB_URL and TEMOIN_TEST_MONGODB_URL give servers, TEMOIN_TEST_EMMETT a folder with Emmett in it;',
    'what needs one that is not given is « not run ».',
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
  const unknown = positionals.filter((name) => benches.every((one) => one.name !== name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no bench « ${unknown.join(' », « ')} ».\n\n${helpOf(benches)}`);
    return 2;
  }
  const chosen = benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const machine = await describeMachine();
  const results: BenchResult[] = [];
  const failed: string[] = [];
  for (const bench of chosen)
    try {
      const result = await runBench(bench, { quick: !values.full, profile: values.profile });
      results.push(result);
      if (!values.json) process.stdout.write(tableOf(result));
    } catch (error) {
      failed.push(bench.name);
      process.stderr.write(`${(error as Error).message}\n`);
    }
  const raw: RawResults = { size: values.full ? 'full' : 'quick', machine, benches: results };
  if (values.json) process.stdout.write(`${JSON.stringify(raw, undefined, 2)}\n`);
  if (values.write) await write(raw);
  return failed.length > 0 ? 1 : 0;
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });

async function write(raw: RawResults): Promise<void> {
  const page = await performancePage(raw);
  if (!page) return;
  await writeFile(join(projectFolder, RAW_RESULTS), page.raw);
  await writeFile(join(projectFolder, PERFORMANCE_PAGE), page.text);
  process.stderr.write(`written: ${RAW_RESULTS}, ${PERFORMANCE_PAGE}\n`);
}
