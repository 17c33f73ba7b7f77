import { parseArgs } from 'node:util';
import { crash } from './crash.js';

const USAGE = `Usage: npm run crash -- [--runs N] [--seed S] [--json]

Kills the real service (kill -9) in the middle of a stream of commands that several clients send over HTTP, restarts it,
and checks that every acknowledged command is stored exactly once where its receipt says, that streams have no gaps, that
a retry under the same Idempotency-Key answers the first receipt, and that every view equals its rebuild.

  --runs N    how many kills (default 50)
  --seed S    chooses the commands and the moments of the kills (default: from the clock; printed)
  --json      one JSON document on standard output; progress goes to standard error

Exit codes: 0 nothing lost; 1 a fault was found; 2 wrong usage.
`;

/** @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  let values: { runs: string; seed?: string; json: boolean; help: boolean };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: 'string', default: '50' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  const runs = Number(values.runs);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed) || seed < 0) {
    process.stderr.write(`--runs and --seed take whole numbers.\n\n${USAGE}`);
    return 2;
  }
  const out = values.json ? process.stderr : process.stdout;
  out.write(`crash: ${runs} runs, seed ${seed}\n`);
  const totals = await crash({
    runs,
    seed,
    onRun(run, { acknowledged, faults }) {
      if (run % 5 === 0 || run === runs)
        out.write(`crash: ${run}/${runs} kills, ${acknowledged} commands acknowledged, ${faults.length} faults\n`);
    },
  });
  if (values.json) process.stdout.write(`${JSON.stringify(totals, null, 2)}\n`);
  else
    out.write(
      `crash: ${totals.runs} kills in ${totals.seconds} s, ${totals.wholeServiceRuns} of them of the whole service; ${totals.acknowledged} commands acknowledged, ${totals.inFlight} in flight ` +
        `(${totals.inFlightStored} of them stored), ${totals.retried} retried, ${totals.refused} refused; ` +
        `${totals.viewsCompared} views compared with their rebuild; ${totals.faults.length} faults\n`,
    );
  for (const fault of totals.faults.slice(0, 20)) process.stderr.write(`crash: ${fault}\n`);
  return totals.faults.length > 0 ? 1 : 0;
}
