// npm test: installs, builds, runs every ring on the built files, and ends with `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { prepare, root } from './ensure-installed.mjs';
import { ringOf, rings } from './rings.mjs';

const EXIT_GRACE = 120_000;

const USAGE = `Usage: npm test -- [PATTERN…] [--ring NAME] [--coverage]

Installs what is missing, builds, and runs every test on the built files.

  PATTERN       only the test files whose path fits one of them: libs/kernel
  --ring NAME   one ring: ${rings.map(({ name }) => name).join(', ')}
  --coverage    with a summary of what was run of the code
  --help        this text

What else is given goes to jest. Exit code: 0 all passed, 1 not, 2 wrong usage. The last line is « N passed, N failed ».
`;

const args = process.argv.slice(2);
if (args.includes('--help')) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const ringAt = args.indexOf('--ring');
const onlyRing = ringAt >= 0 ? args.splice(ringAt, 2)[1] : undefined;
if (onlyRing !== undefined && !rings.some((ring) => ring.name === onlyRing)) {
  process.stderr.write(`No such ring. Rings: ${rings.map((ring) => ring.name).join(', ')}\n`);
  process.exit(2);
}

const { failures: buildFailures } = await prepare();
for (const failure of buildFailures) process.stdout.write(`build failed: ${failure}\n`);

const folder = await mkdtemp(join(tmpdir(), 'temoin-tests-'));
const output = join(folder, 'results.json');
const results = await run();
await rm(folder, { recursive: true, force: true });
report(results, args.includes('--coverage') ? await coverageTold() : undefined);

/** Runs jest. A run that has its results but does not end, because a test left something open, is ended and told. */
async function run() {
  const jest = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
      '--coverageReporters=json-summary',
      '--coverageReporters=lcov',
      '--json',
      `--outputFile=${output}`,
      '--passWithNoTests',
      ...(await chosen()),
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const exit = new Promise((resolve) => jest.once('exit', (code, signal) => resolve(code ?? signal)));
  let leftOpen = false;
  const watch = setInterval(async () => {
    if (!(await parsed())) return;
    clearInterval(watch);
    setTimeout(() => {
      leftOpen = jest.exitCode === null && jest.kill('SIGKILL');
    }, EXIT_GRACE).unref();
  }, 500);
  const code = await exit;
  clearInterval(watch);
  return { code, leftOpen, data: await parsed() };
}

function parsed() {
  return readFile(output, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
}

/** What was run of the code that was loaded, in a few words. */
async function coverageTold() {
  const file = join(root, 'coverage', 'coverage-summary.json');
  const { total } = await readFile(file, 'utf8').then(JSON.parse, () => ({}));
  return total && ['lines', 'branches', 'functions'].map((what) => `${total[what].pct} % of ${what}`).join(', ');
}

async function chosen() {
  if (onlyRing === undefined) return args;
  const folders = ['apps', 'libs', 'infra'];
  const files = await Promise.all(
    folders.map(async (folder) => (await readdir(join(root, folder), { recursive: true })).map((f) => join(folder, f))),
  );
  const ours = files
    .flat()
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts') && ringOf(file).name === onlyRing);
  return [...args, '--runTestsByPath', ...ours.map((file) => join(root, 'dist', file.replace(/\.ts$/, '.js')))];
}

function report({ code, leftOpen, data }, coverage) {
  const tally = new Map(rings.map((ring) => [ring.name, { passed: 0, failed: 0, notRun: 0, seconds: 0 }]));
  const unloaded = [];
  const notRun = [];
  for (const suite of data?.testResults ?? []) {
    const source = relative(join(root, 'dist'), suite.name).replaceAll('\\', '/').replace(/\.js$/, '.ts');
    const row = tally.get(ringOf(source).name);
    row.seconds += Math.max(0, suite.endTime - suite.startTime) / 1000;
    if (suite.status === 'failed' && !suite.assertionResults.some((one) => one.status === 'failed')) {
      row.failed += 1;
      unloaded.push(source);
    }
    for (const one of suite.assertionResults) {
      if (one.status === 'passed') row.passed += 1;
      else if (one.status === 'failed') row.failed += 1;
      else {
        row.notRun += 1;
        notRun.push(`${source}: ${one.fullName}`);
      }
    }
  }
  const line = (text) => process.stdout.write(`${text}\n`);
  line('');
  for (const { name, what } of rings) {
    const { passed, failed, notRun: skipped, seconds } = tally.get(name);
    if (passed + failed + skipped === 0) continue;
    const counts = `${passed} passed${failed ? `, ${failed} FAILED` : ''}${skipped ? `, ${skipped} not run` : ''}`;
    line(`  ${name.padEnd(13)}${counts.padEnd(32)}${`${seconds.toFixed(1)} s`.padStart(8)}   ${what}`);
  }
  if (coverage) line(`\n  coverage     ${coverage}   coverage/lcov-report/index.html shows each line`);
  for (const name of notRun) line(`not run: ${name}`);
  for (const name of unloaded) line(`did not load: ${name}`);
  if (leftOpen) line('failed: the tests left something open and the run had to be ended');
  if (!data) line(`failed: jest gave no results (exit ${code})`);
  const sum = (key) => [...tally.values()].reduce((total, row) => total + row[key], 0);
  let failed = sum('failed') + buildFailures.length + (leftOpen ? 1 : 0) + (data ? 0 : 1);
  if (code !== 0 && failed === 0) {
    line(`failed: jest ended with ${code}`);
    failed = 1;
  }
  line(`on Node ${process.versions.node}`);
  line(`${sum('passed')} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
