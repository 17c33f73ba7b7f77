// Compiles every TypeScript file under apps, libs and infra into dist with swc, one file to one file.
// Incremental: a file is compiled again only when it is newer than its output; generated JSON is copied. Types are checked
// elsewhere (npm run types).
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const out = join(root, 'dist');
const sourceFolders = ['apps', 'libs', 'infra'];

async function* walk(folder) {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name === 'node_modules') continue;
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

const isSource = (path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts');
const modified = async (path) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;

/** Writes the whole file or nothing: a reader never sees half of it. */
async function replace(path, text) {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}

/** @returns {Promise<{compiled: number, removed: number, total: number, failures: string[]}>} a file that does not compile is
 * a failure and leaves the others compiled */
export async function build() {
  const settingsTime = Math.max(
    await modified(join(root, '.swcrc')),
    await modified(join(root, 'node_modules/@swc/core/package.json')),
  );
  const wanted = new Set();
  const stale = [];
  const failures = [];
  for (const folder of sourceFolders) {
    for await (const path of walk(join(root, folder))) {
      if (path.endsWith('.generated.json')) {
        const text = await readFile(path, 'utf8');
        const target = join(out, relative(root, path));
        if (text !== (await readFile(target, 'utf8').catch(() => undefined))) await replace(target, text);
      }
      if (!isSource(path) || path.includes(`${join('apps', 'back-office')}`)) continue;
      const target = join(out, relative(root, path).replace(/\.tsx?$/, '.js'));
      wanted.add(target).add(`${target}.map`);
      if ((await modified(target)) < Math.max(await modified(path), settingsTime)) stale.push([path, target]);
    }
  }
  if (stale.length > 0) {
    const { transform } = await import('@swc/core');
    const options = JSON.parse(await readFile(join(root, '.swcrc'), 'utf8'));
    delete options.$schema;
    const results = await Promise.allSettled(
      stale.map(async ([path, target]) => {
        const result = await transform(await readFile(path, 'utf8'), {
          ...options,
          swcrc: false,
          filename: path,
          sourceFileName: relative(dirname(target), path),
        });
        await replace(`${target}.map`, result.map ?? '');
        await replace(target, `${result.code}\n//# sourceMappingURL=${target.split('/').pop()}.map\n`);
      }),
    );
    for (const [index, result] of results.entries())
      if (result.status === 'rejected')
        failures.push(`${relative(root, stale[index][0])}: ${result.reason?.message ?? result.reason}`);
  }
  let removed = 0;
  for await (const path of walk(out)) {
    if (/\.js(\.map)?$/.test(path) && !wanted.has(path)) {
      await rm(path, { force: true });
      removed += 1;
    }
  }
  return { compiled: stale.length - failures.length, removed, total: wanted.size / 2, failures };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = Date.now();
  const { compiled, removed, total, failures } = await build();
  process.stdout.write(
    `build: ${compiled} of ${total} files compiled, ${removed} removed, ${Date.now() - started} ms\n`,
  );
  for (const failure of failures) process.stderr.write(`build: ${failure}\n`);
  if (failures.length > 0) process.exitCode = 1;
}
