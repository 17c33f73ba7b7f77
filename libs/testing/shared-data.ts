import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder, found from here whether this runs from source or from `dist`. */
export const projectFolder = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'nest-cli.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
})();

/**
 * A file of test data that lives beside the project, not in it: under `TEMOIN_SHARED`, or `../shared`.
 * @returns undefined when it is not there: the test then says « not run »
 */
export function sharedFile(...path: readonly string[]): string | undefined {
  const file = join(process.env.TEMOIN_SHARED ?? join(projectFolder, '..', 'shared'), ...path);
  return existsSync(file) ? file : undefined;
}

/** Says on the test's own output that data from elsewhere was absent, so that nobody takes the silence for a pass. */
export function notRun(what: string): void {
  process.stdout.write(`not run: ${what} is absent\n`);
}
