import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FileResult {
  /** Below `dist`. */
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  /** Titles of what failed. */
  readonly failures: readonly string[];
}

interface JestResults {
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Loads the files, runs none of their cases, and says how many there are. */
export async function countCases(root: string, files: readonly string[]): Promise<number> {
  if (files.length === 0) return 0;
  const results = await jest(root, files, process.env, 'ignore', ['--testNamePattern', '^(?!)']);
  return results.numTotalTests;
}

/** Runs the files one after the other: the suites of one server share it. */
export async function runFiles(
  root: string,
  files: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<readonly FileResult[]> {
  const testResults: JestResults['testResults'][number][] = [];
  // A process for each file: none sees what another has left in memory.
  for (const file of files) testResults.push(...(await jest(root, [file], env, 'inherit', [])).testResults);
  return testResults
    .map(({ name, message, assertionResults }): FileResult => {
      const failures = assertionResults.filter((one) => one.status === 'failed').map((one) => one.fullName);
      // A file that could not even be loaded has no cases: it has failed all the same.
      if (assertionResults.length === 0)
        failures.push(message.split('\n').find((line) => line.trim() !== '') ?? 'no case');
      return {
        file: name.replaceAll('\\', '/').split('/dist/').at(-1) ?? name,
        passed: assertionResults.filter((one) => one.status === 'passed').length,
        failed: failures.length,
        failures,
      };
    })
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function jest(
  root: string,
  files: readonly string[],
  env: NodeJS.ProcessEnv,
  stderr: 'inherit' | 'ignore',
  more: readonly string[],
): Promise<JestResults> {
  const folder = await mkdtemp(join(tmpdir(), 'temoin-contract-'));
  const output = join(folder, 'results.json');
  try {
    const child = spawn(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--no-warnings',
        join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
        '--json',
        `--outputFile=${output}`,
        '--silent',
        '--runInBand',
        '--forceExit',
        '--testTimeout=60000',
        '--testMatch',
        '**/*.server.js',
        '**/adapters/**/*.test.js',
        ...more,
        '--runTestsByPath',
        ...files.map((file) => join(root, 'dist', file)),
      ],
      { cwd: root, env, stdio: ['ignore', 'ignore', stderr] },
    );
    await new Promise((resolve) => child.once('exit', resolve));
    return JSON.parse(await readFile(output, 'utf8')) as JestResults;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
