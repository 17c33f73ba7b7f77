import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../apps/composition/configuration.js';

/** One source file, by its path below the project folder. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** The TypeScript sources below some folders, in order of their paths. */
export async function sources(...folders: readonly string[]): Promise<readonly Source[]> {
  const paths = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(projectFolder, folder), { recursive: true }).catch(() => []))
        .filter((path) => path.endsWith('.ts'))
        .map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
    ),
  );
  return Promise.all(
    paths
      .flat()
      .sort()
      .map(async (path) => ({ path, text: await readFile(join(projectFolder, path), 'utf8') })),
  );
}

export interface TestTitle {
  readonly rule: string;
  readonly title: string;
  readonly path: string;
}

/** Titles of tests that name a rule: `it('refuses to start without consent [charter:3.1a]', …)`. */
export function ruleTitles({ path, text }: Source): readonly TestTitle[] {
  return [...text.matchAll(/(['"`])((?:(?!\1)[^\\\n]|\\.)*\[charter:[^\]\n]+\](?:(?!\1)[^\\\n]|\\.)*)\1/g)].flatMap(
    ([, , title = '']) =>
      [...title.matchAll(/charter:[\w.+-]+/g)].map(([rule]) => ({
        rule,
        title: title
          .replace(/\s*\[charter:[^\]]+\]/g, '')
          .replace(/\\(.)/g, '$1')
          .trim(),
        path,
      })),
  );
}

/** Rules that a source names in a literal: `'charter:3.1a'`. */
export const namedRules = ({ text }: Source): ReadonlySet<string> =>
  new Set([...text.matchAll(/['"`](charter:[\w.+-]+)['"`]/g)].map(([, rule = '']) => rule));
