// npm run verify: everything that CI runs, in the same order. Each step is named with its time; the last line is the sum
// of checks and tests: `N passed, N failed`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fail, prepare, root } from './ensure-installed.mjs';

const node = (script, ...args) => [process.execPath, join(root, script), ...args];
const steps = [
  { name: 'types', command: node('node_modules/typescript-native/bin/tsc', '--noEmit', '-p', 'tsconfig.json') },
  { name: 'lint', command: node('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.') },
  { name: 'import rules', command: node('infra/scripts/check-imports.mjs') },
  { name: 'source rules', command: node('infra/scripts/check-sources.mjs') },
  { name: 'generated files', command: node('dist/infra/generate/generate.js', '--check') },
  { name: 'tests', command: node('infra/scripts/test.mjs', ...process.argv.slice(2)) },
];

/** Runs one step, shows what it prints, and gives its exit code with its closing count when it has one. */
function run([command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let tail = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      tail = (tail + chunk).slice(-2000);
    });
    child.once('error', (error) => resolve({ code: error.message, tail }));
    child.once('close', (code, signal) => resolve({ code: code ?? signal, tail }));
  });
}

const USAGE = `Usage: npm run verify -- [PATTERN…] [--ring NAME] [--coverage]

Everything that CI runs, in the same order: ${steps.map(({ name }) => name).join(', ')}. What is given goes to npm test.
Exit code: 0 all passed, 1 not. The last line is « N passed, N failed ».
`;
if (process.argv.includes('--help')) {
  process.stdout.write(USAGE);
  process.exit(0);
}

const { failures } = await prepare();
if (failures.length > 0) fail(`The build failed:\n${failures.join('\n')}\n0 passed, ${failures.length} failed`);

let passed = 0;
let failed = 0;
const summary = [];
for (const { name, command } of steps) {
  process.stdout.write(`\n── ${name}\n`);
  const started = Date.now();
  const { code, tail } = await run(command);
  const count = /(\d+) passed, (\d+) failed\s*$/.exec(tail);
  passed += count ? Number(count[1]) : Number(code === 0);
  failed += count && (code === 0 || Number(count[2]) > 0) ? Number(count[2]) : Number(code !== 0);
  const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`;
  summary.push(
    `  ${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(16)} ${seconds.padStart(9)}   ${count?.[0].trim() ?? ''}`,
  );
}
process.stdout.write(
  `\n── summary, on Node ${process.versions.node}\n${summary.join('\n')}\n${passed} passed, ${failed} failed\n`,
);
process.exitCode = failed > 0 ? 1 : 0;
