// Which tests of the pure libs can notice a change of a source file: those that import it, themselves or through others.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from './ensure-installed.mjs';

const dist = join(root, 'dist');
/** Tests that kill other processes depend on the machine's mood. */
const tests = /^libs\/(kernel|domain|vault|evidence)\/.*(?<!-processes)\.test\.js$/;

/** @returns {Promise<(sources: readonly string[]) => string[]>} from sources (`libs/kernel/time.ts`) to test files as built */
export async function relatedTests() {
  const files = (await readdir(join(dist, 'libs'), { recursive: true }))
    .map((file) => `libs/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.js'));
  const imports = new Map(
    await Promise.all(files.map(async (file) => [file, importsIn(file, await readFile(join(dist, file), 'utf8'))])),
  );
  const reached = new Map(files.filter((file) => tests.test(file)).map((file) => [file, reachedFrom(file, imports)]));
  return (sources) => {
    const built = sources.map((source) => source.replace(/\.ts$/, '.js'));
    return [...reached].filter(([, all]) => built.some((file) => all.has(file))).map(([file]) => file);
  };
}

function importsIn(file, text) {
  const found = [];
  for (const [, name] of text.matchAll(/\bfrom\s+['"]([#.][^'"]+)['"]|\bimport\(\s*['"]([#.][^'"]+)['"]/g))
    if (name) found.push(name.startsWith('#') ? `libs/${name.slice(1)}` : join(dirname(file), name));
  return found;
}

function reachedFrom(start, imports) {
  const all = new Set();
  for (const waiting = [start]; waiting.length > 0; ) {
    const file = waiting.pop();
    if (all.has(file)) continue;
    all.add(file);
    waiting.push(...(imports.get(file) ?? []));
  }
  return all;
}
