// The rules on the text of every file that git tracks (or would), then each rule's canary. Ends with `N passed, N failed`.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceRules } from '../rules/source-rules.mjs';
import { root } from './ensure-installed.mjs';

const BINARY = /\.(png|jpg|ico|woff2|sqlite|pdf)$/;

/** Tracked files and new ones that git does not ignore. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 26,
})
  .split('\n')
  .filter((path) => path !== '' && !BINARY.test(path));

const broken = new Map(sourceRules.map((rule) => [rule.name, []]));
for (const path of files) {
  const text = await readFile(join(root, path), 'utf8').catch(() => undefined);
  if (text === undefined) continue;
  for (const rule of sourceRules)
    if (rule.files.test(path)) for (const line of rule.find(text)) broken.get(rule.name).push(`${path}:${line}`);
}

const say = (text) => process.stdout.write(`${text}\n`);
let passed = 0;
let failed = 0;
const check = (ok, ...lines) => {
  if (ok) passed += 1;
  else {
    failed += 1;
    for (const line of lines) say(line);
  }
};
for (const rule of sourceRules) {
  const places = broken.get(rule.name);
  check(places.length === 0, `FAILED: ${rule.name}: ${rule.doc}`, ...places.map((place) => `  ${place}`));
  const [path, text] = rule.canary;
  const caught = sourceRules.filter((one) => one.files.test(path) && one.find(text).length > 0).map((one) => one.name);
  check(caught.join() === rule.name, `FAILED: canary ${rule.name} was caught by: ${caught.join(', ') || 'nothing'}`);
}
say(`${files.length} files; ${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
