import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../apps/composition/configuration.js';
import { sources } from './test-titles.js';

it('gives no word for the code that does not stand in it', async () => {
  const glossary = await readFile(join(projectFolder, 'docs', 'glossary.md'), 'utf8');
  const rows = glossary.split('\n').filter((line) => /^\| [^|-]/.test(line));
  const words = rows.slice(1).flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word));
  expect(words.length).toBeGreaterThan(60);
  const code = (await sources('libs', 'apps')).map(({ path, text }) => `${path}\n${text}`).join('\n');
  expect(words.filter((word) => !new RegExp(`\\b${word}`).test(code))).toEqual([]);
});
