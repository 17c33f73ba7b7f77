import { parseArgs } from 'node:util';
import { keepResult, onThisMachine } from '../crash/results.js';
import { type Engine, engines } from './engines.js';
import { type ParityReport, parity, sentenceOf } from './parity.js';

const USAGE = `Usage: npm run parity -- [--commands N] [--seed S] [--engines LIST] [--require LIST] [--json]

Plays the demonstration's main story and then random commands from a seed, one after the other, on each engine, and
compares what was stored: the bytes of each event, by stream; the one order; every document of every view after a rebuild;
the answer to every command. The first engine of the list is what the others are compared with.

Random bytes, ids and the clock are the same in each run: that is what makes the bytes comparable. See
docs/guides/parity.md for what is compared and what is not.

  --commands N    random commands after the story (default 2000)
  --seed S        chooses them (default 6)
  --engines LIST  of memory, sqlite, eventstoredb, mongodb (default: sqlite,memory,eventstoredb,mongodb)
  --keep          keeps the result for docs/reference/faults.md, which npm run generate writes
  --require LIST  engines that must have been run

A server is given by TEMOIN_TEST_EVENTSTOREDB_URL or TEMOIN_TEST_MONGODB_URL; without it its engine is « not run ».
Exit codes: 0 the same everywhere; 1 not the same, or a required engine was not run; 2 wrong usage.
`;

/** @returns the exit code */
export async function main(root: string, args: readonly string[]): Promise<number> {
  const options = read(args);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const out = options.json ? process.stderr : process.stdout;
  const report = await parity({ ...options, root, tell: (line) => void out.write(`parity: ${line}\n`) });
  for (const { engine, variable } of report.notRun) out.write(`parity: not run: ${engine} (${variable} is not set)\n`);
  for (const { engine, differences } of report.runs)
    for (const difference of differences.slice(0, 20)) process.stderr.write(`parity: ${engine}: ${difference}\n`);
  const missing = options.required.filter((engine) => report.runs.every((run) => run.engine !== engine));
  for (const engine of missing) process.stderr.write(`parity: ${engine} is required and was not run\n`);
  if (options.keep) await keep(report);
  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  const differ = report.runs.filter(({ differences }) => differences.length > 0);
  if (report.runs.length < 2) out.write('parity: one engine alone was run: nothing was compared\n');
  else if (differ.length === 0)
    out.write(`parity: the same on ${report.runs.map(({ engine }) => engine).join(', ')}\n`);
  return differ.length > 0 || missing.length > 0 ? 1 : 0;
}

async function keep(report: ParityReport): Promise<void> {
  const faults = report.runs.flatMap(({ engine, differences }) => differences.map((one) => `${engine}: ${one}`));
  const absent = report.notRun.map(({ engine }) => `${engine}: not run`);
  const sentence = [...report.runs.map(sentenceOf), ...absent].join('; ');
  await keepResult({
    scenario: 'parity',
    seed: report.seed,
    ...onThisMachine(),
    sentence,
    result: { ...report, faults },
  });
}

function read(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        commands: { type: 'string', default: '2000' },
        seed: { type: 'string', default: '6' },
        engines: { type: 'string', default: 'sqlite,memory,eventstoredb,mongodb' },
        require: { type: 'string', default: '' },
        json: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const list = (text: string) => text.split(',').filter((one) => one !== '') as Engine[];
    const chosen = { ...values, engines: list(values.engines), required: list(values.require) };
    const numbers = { commands: Number(values.commands), seed: Number(values.seed) };
    const known = [...chosen.engines, ...chosen.required].every((one) => engines.includes(one));
    const whole = Object.values(numbers).every((one) => Number.isInteger(one) && one >= 0);
    return known && whole && chosen.engines.length > 0 ? { ...chosen, ...numbers } : undefined;
  } catch {
    return undefined;
  }
}
