// The import rules on the sources, then each rule's canary. Ends with `N passed, N failed`: one check for each rule and
// one for each canary.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { canaries } from '../rules/canaries.mjs';
import { root } from './ensure-installed.mjs';

const ruleSet = createRequire(import.meta.url)('../rules/dependency-cruiser.cjs');
const folders = ['libs', 'apps', 'infra'];

/** @returns {Promise<{from: string, to: string, rule: {name: string}}[]>} */
async function violations(baseDir, present = folders) {
  const { enhancedResolveOptions, ...options } = ruleSet.options;
  const { output } = await cruise(
    present,
    { ...options, baseDir, validate: true, ruleSet: { forbidden: ruleSet.forbidden } },
    enhancedResolveOptions,
  );
  return output.summary.violations;
}

async function writeCanary(folder, files) {
  await cp(join(root, 'package.json'), join(folder, 'package.json'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folders.filter((name) => Object.keys(files).some((path) => path.startsWith(`${name}/`)));
}

const say = (text) => process.stdout.write(`${text}\n`);
let passed = 0;
let failed = 0;
const check = (ok, text) => {
  if (ok) passed += 1;
  else {
    failed += 1;
    say(`FAILED: ${text}`);
  }
};

const found = await violations(root);
for (const { from, to, rule, cycle } of found)
  say(`${rule.name}: ${from} → ${cycle ? cycle.map((one) => one.name).join(' → ') : to}`);
for (const { name, comment } of ruleSet.forbidden) {
  check(!found.some((one) => one.rule.name === name), `${name}: ${comment}`);
  check(name in canaries, `${name} has no canary`);
}

const temporary = await mkdtemp(join(tmpdir(), 'temoin-canaries-'));
try {
  for (const [name, files] of Object.entries(canaries)) {
    const folder = join(temporary, name);
    await mkdir(folder);
    const caught = new Set((await violations(folder, await writeCanary(folder, files))).map((one) => one.rule.name));
    check(
      caught.size === 1 && caught.has(name),
      `canary ${name} was caught by: ${[...caught].join(', ') || 'nothing'}`,
    );
  }
} finally {
  await rm(temporary, { recursive: true, force: true });
}
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
