// npm run mutation: mutation testing on kernel, domain, vault and evidence, one folder after the other.
import { spawn } from 'node:child_process';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, prepare, root } from './ensure-installed.mjs';
import { relatedTests } from './related-tests.mjs';

const LIBS = ['libs/kernel', 'libs/domain', 'libs/vault', 'libs/evidence'];
const DETECTED = ['Killed', 'Timeout'];
const UNDETECTED = ['Survived', 'NoCoverage'];

const USAGE = `Usage: npm run mutation -- [FILE or FOLDER…]

Changes the code in small ways and says which changes no test notices; without a name, of ${LIBS.join(', ')},
which takes a night. Only files that some test imports are changed.

  npm run mutation -- libs/kernel/time.ts libs/vault

Exit code: 0 measured, 1 it could not be.
`;
if (process.argv.includes('--help')) {
  process.stdout.write(USAGE);
  process.exit(0);
}

await prepare();
const related = await relatedTests();
const groups = new Map();
for (const path of process.argv.length > 2 ? process.argv.slice(2) : LIBS)
  for (const file of await sourcesBelow(path)) groups.set(dirname(file), [...(groups.get(dirname(file)) ?? []), file]);
if (groups.size === 0) fail('There is no source file under these names.');

let detected = 0;
let undetected = 0;
for (const [folder, files] of groups) {
  const tests = related(files);
  process.stdout.write(`\n── ${folder}: ${files.length} files, ${tests.length} test files that can notice\n`);
  if (tests.length === 0) continue;
  for (const [file, { mutants }] of Object.entries(await mutate(folder, files, tests))) {
    const count = (states) => mutants.filter((one) => states.includes(one.status)).length;
    const [good, bad, late] = [count(DETECTED), count(UNDETECTED), count(['Timeout'])];
    detected += good;
    undetected += bad;
    if (good + bad > 0)
      process.stdout.write(
        `  ${`${Math.round((100 * good) / (good + bad))} %`.padStart(6)}  ${file} (${bad} not noticed${late ? `, ${late} by never ending` : ''})\n`,
      );
  }
}
const all = detected + undetected;
process.stdout.write(
  `mutation score: ${all === 0 ? 'nothing to mutate' : `${((100 * detected) / all).toFixed(1)} %`} (${detected} of ${all} mutants noticed)\nreports/mutation shows each\n`,
);

/** Source files at or below a path, tests and their data left out. */
async function sourcesBelow(path) {
  const info = await stat(join(root, path)).catch(() => fail(`There is no ${path}.`));
  const names = info.isDirectory()
    ? (await readdir(join(root, path), { recursive: true })).map((one) => join(path, one))
    : [path];
  return names.map((one) => one.replaceAll('\\', '/')).filter((one) => /^[^.]+\.ts$/.test(one));
}

/** One run of Stryker. @returns what became of the mutants, by file */
async function mutate(folder, files, tests) {
  const name = folder.replaceAll('/', '-');
  const report = join(root, 'reports', 'mutation', `${name}.json`);
  await rm(report, { force: true });
  const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const code = await new Promise((resolve) => {
    spawn(process.execPath, [stryker, 'run', 'infra/rules/stryker.config.mjs', '--mutate', files.join(',')], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, TEMOIN_MUTATION_NAME: name, TEMOIN_MUTATION_TESTS: tests.join(',') },
    }).once('exit', resolve);
  });
  const result = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
  if (code !== 0 || !result) fail(`Stryker ended with ${code}.`);
  return result.files;
}
