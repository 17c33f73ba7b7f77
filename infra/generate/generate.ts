import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectFolder } from '../../apps/composition/configuration.js';
import { answerFiles } from './answers.js';
import { cliFiles } from './cli.js';
import { configurationFiles } from './configuration.js';
import { eventFiles } from './events.js';
import { faultFiles } from './faults.js';
import { feedFiles } from './feed.js';
import type { GeneratedFile } from './markdown.js';
import { memberExportFiles } from './member-export.js';
import { performanceFiles } from './performance.js';
import { problemFiles } from './problems.js';
import { processingFiles } from './processing.js';
import { roleFiles } from './roles.js';
import { traceabilityFiles } from './traceability.js';
import { transcludedFiles } from './transclusion.js';

/**
 * `npm run generate` writes what derives from code; with `--check` it writes nothing and fails where a file differs from
 * what it should be. Everything below docs/reference is generated: a file that nothing makes any more is stale.
 */
const REFERENCE = 'docs/reference';

async function wanted(): Promise<readonly GeneratedFile[]> {
  return [
    ...eventFiles(),
    ...feedFiles(),
    ...answerFiles(),
    ...memberExportFiles(),
    ...configurationFiles(),
    ...problemFiles(),
    ...roleFiles(),
    ...processingFiles(),
    ...cliFiles(),
    ...(await traceabilityFiles()),
    ...(await performanceFiles()),
    ...(await faultFiles()),
    ...(await transcludedFiles()),
  ];
}

async function main(check: boolean): Promise<void> {
  const files = await wanted();
  const paths = new Set(files.map((file) => file.path));
  const present = await readdir(join(projectFolder, REFERENCE), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  const stale = present
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(projectFolder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !paths.has(path));
  let differing = 0;
  for (const { path, text } of files) {
    const full = join(projectFolder, path);
    if ((await readFile(full, 'utf8').catch(() => undefined)) === text) continue;
    differing += 1;
    process.stdout.write(`${check ? 'FAILED: differs from its source' : 'written'}: ${path}\n`);
    if (check) continue;
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
  }
  for (const path of stale) {
    process.stdout.write(`${check ? 'FAILED: nothing makes this file any more' : 'removed'}: ${path}\n`);
    if (!check) await rm(join(projectFolder, path));
  }
  if (!check) return;
  const failed = differing + stale.length;
  if (failed > 0) process.stdout.write('Run `npm run generate` and commit what changed.\n');
  process.stdout.write(`${files.length - differing} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}

await main(process.argv.includes('--check'));
