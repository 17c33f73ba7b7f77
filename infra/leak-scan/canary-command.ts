import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Check, canary } from './canary.js';

const USAGE = `Usage: npm run canary -- [--json]

Plants a token of its own in every text that any command takes, lets a member live through everything with them, refusals and
errors included, and looks for the tokens in every file, log, trace, backup and export, in every usual spelling: only sealed values
may be there. Then it erases the member as the association would, looks again, and opens everything: only erased values may
answer. Last, a projection that leaks on purpose must be caught.

  --json    one JSON document on standard output; progress goes to standard error

Exit codes: 0 everything held; 1 something did not; 2 wrong usage. The last line is \`N passed, N failed\`.
`;

/** @returns the exit code */
export async function main(args: readonly string[], charterFile: string): Promise<number> {
  let values: { json: boolean; help: boolean };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    }));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const out = values.json ? process.stderr : process.stdout;
  const checks: Check[] = [];
  const tell = (check: Check) => {
    checks.push(check);
    out.write(
      `  ${check.passed ? 'ok    ' : 'FAILED'}  ${check.what}${check.found === '' ? '' : `: ${check.found}`}\n`,
    );
  };
  try {
    await canary(await readFile(charterFile, 'utf8'), tell);
  } catch (error) {
    tell({ what: 'the life of a member goes through', passed: false, found: (error as Error).message });
  }
  const failed = checks.filter(({ passed }) => !passed).length;
  const passed = checks.length - failed;
  if (values.json) process.stdout.write(`${JSON.stringify({ passed, failed, checks }, null, 2)}\n`);
  out.write(`${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}
