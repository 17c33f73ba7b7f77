// npm run mutation: mutation testing on kernel, domain, vault and evidence; takes an hour or so on everything.
//   npm run mutation -- libs/kernel/time.ts 'libs/vault/*.ts'    only these files
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, prepare, root } from './ensure-installed.mjs';

await prepare();
const report = join(root, 'reports', 'mutation', 'mutation.json');
await rm(report, { force: true });

const files = process.argv.slice(2);
const args = ['run', 'infra/rules/stryker.config.mjs'];
if (files.length > 0) args.push('--mutate', [...files, '!libs/**/*.test.ts'].join(','));
const code = await new Promise((resolve) => {
  const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  spawn(process.execPath, [stryker, ...args], { cwd: root, stdio: 'inherit' }).once('exit', resolve);
});
const result = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
if (code !== 0 || !result) fail(`Stryker ended with ${code}.`);

const DETECTED = ['Killed', 'Timeout'];
const UNDETECTED = ['Survived', 'NoCoverage'];
let detected = 0;
let undetected = 0;
for (const [file, { mutants }] of Object.entries(result.files)) {
  const count = (states) => mutants.filter((one) => states.includes(one.status)).length;
  const [good, bad] = [count(DETECTED), count(UNDETECTED)];
  detected += good;
  undetected += bad;
  if (good + bad > 0)
    process.stdout.write(
      `  ${`${Math.round((100 * good) / (good + bad))} %`.padStart(6)}  ${file} (${bad} not noticed)\n`,
    );
}
const all = detected + undetected;
process.stdout.write(
  `mutation score: ${all === 0 ? 'nothing to mutate' : `${((100 * detected) / all).toFixed(1)} %`} (${detected} of ${all} mutants noticed)\nreports/mutation/mutation.html shows each\n`,
);
