import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { countCases, type FileResult, runFiles } from './run-jest.js';

/**
 * Every port's suite on every adapter that can be reached. Memory and SQLite always; a server only where the environment
 * says where it is. What is not given is counted and listed as not run, never as passed.
 */

interface Need {
  /** What `--require` calls it. */
  readonly name: string;
  readonly variable: string;
  /** A second one, where both are needed. */
  readonly also?: string;
  /** Which suites need it, by path. */
  readonly files: RegExp;
}

const needs: readonly Need[] = [
  {
    name: 'both-processes',
    variable: 'TEMOIN_TEST_EVENTSTOREDB_COMMAND',
    also: 'TEMOIN_TEST_MONGODB_COMMAND',
    files: /both-processes\.server\.js$/,
  },
  {
    name: 'eventstoredb-process',
    variable: 'TEMOIN_TEST_EVENTSTOREDB_COMMAND',
    files: /eventstoredb-process\.server\.js$/,
  },
  { name: 'mongodb-process', variable: 'TEMOIN_TEST_MONGODB_COMMAND', files: /mongodb-process\.server\.js$/ },
  { name: 'eventstoredb', variable: 'TEMOIN_TEST_EVENTSTOREDB_URL', files: /eventstoredb.*\.server\.js$/ },
  { name: 'mongodb', variable: 'TEMOIN_TEST_MONGODB_URL', files: /mongodb.*\.server\.js$/ },
];

const namesOf = ({ variable, also }: Need): readonly string[] => (also === undefined ? [variable] : [variable, also]);

export interface NotRun {
  readonly server: string;
  readonly variable: string;
  readonly cases: number;
}

export interface ContractReport {
  readonly passed: number;
  readonly failed: number;
  readonly notRun: readonly NotRun[];
  /** Names asked for by `--require` that were not given. */
  readonly missing: readonly string[];
  readonly suites: readonly FileResult[];
}

export const USAGE = `Usage: npm run contract -- [--require NAMES] [--json] [--only-missing]

Runs each port's one suite on every adapter that can be reached: memory, SQLite, and the servers that are given. What is not
given is listed as not run, with its number of cases.

  --require NAMES   fail where a server is not given: ${needs.map((need) => need.name).join(', ')}
  --json            the report as JSON
  --only-missing    run nothing, count what would not be run

Servers are given by:
${needs.map((need) => `  ${namesOf(need).join(' and ').padEnd(66)} ${need.name}`).join('\n')}
`;

export async function contractReport(
  root: string,
  required: readonly string[],
  env: NodeJS.ProcessEnv,
  onlyMissing: boolean,
): Promise<ContractReport> {
  const dist = join(root, 'dist');
  const files = (await readdir(dist, { recursive: true })).map((file) => file.replaceAll('\\', '/'));
  const servers = files.filter((file) => file.endsWith('.server.js'));
  const needOf = (file: string) => needs.find((need) => need.files.test(file));
  const given = (need: Need | undefined) => need === undefined || namesOf(need).every((name) => Boolean(env[name]));
  const local = files.filter((file) => /^libs\/adapters\/[^/]+\/[^/]*\.test\.js$/.test(file));
  const reachable = [...local, ...servers.filter((file) => given(needOf(file)))];
  const absent = needs.filter((need) => !given(need));

  const suites = onlyMissing ? [] : await runFiles(root, reachable.sort(), env);
  const notRun: NotRun[] = [];
  for (const need of absent) {
    const cases = await countCases(
      root,
      servers.filter((file) => needOf(file) === need),
    );
    notRun.push({ server: need.name, variable: namesOf(need).join(' and '), cases });
  }
  return {
    passed: suites.reduce((sum, suite) => sum + suite.passed, 0),
    failed: suites.reduce((sum, suite) => sum + suite.failed, 0),
    notRun,
    missing: required.filter((name) => !needs.some((need) => need.name === name && given(need))),
    suites: suites.map((suite) => ({ ...suite, file: relative(dist, join(dist, suite.file)) })),
  };
}

export function contractText({ passed, failed, notRun, missing, suites }: ContractReport): string {
  const lines = suites.flatMap(({ file, passed: well, failed: badly, failures }) => [
    `${badly === 0 ? 'ok    ' : 'FAILED'} ${String(well).padStart(4)} passed ${String(badly).padStart(3)} failed  ${file}`,
    ...failures.map((failure) => `         ${failure}`),
  ]);
  for (const { server, variable, cases } of notRun)
    lines.push(`not run, ${cases} cases: ${server} (${variable} not set)`);
  for (const name of missing) lines.push(`FAILED: ${name} is required and not given`);
  return `${lines.join('\n')}\n${passed} passed, ${failed} failed\n`;
}

/** @returns the exit code */
export async function main(root: string, args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const options = readArguments(args);
  if (!options) {
    process.stderr.write(USAGE);
    return 2;
  }
  const report = await contractReport(root, options.required, process.env, options.onlyMissing);
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : contractText(report));
  return report.failed > 0 || report.missing.length > 0 ? 1 : 0;
}

function readArguments(args: readonly string[]) {
  const required: string[] = [];
  let json = false;
  let onlyMissing = false;
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at];
    if (argument === '--json') json = true;
    else if (argument === '--only-missing') onlyMissing = true;
    else if (argument === '--require') {
      at += 1;
      required.push(...(args[at]?.split(',') ?? ['']));
    } else return undefined;
  }
  return required.every((name) => needs.some((need) => need.name === name))
    ? { required, json, onlyMissing }
    : undefined;
}
