import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../apps/composition/configuration.js';
import type { GeneratedFile } from './markdown.js';

/**
 * Guides show code that is compiled and tested: in a guide, `<!-- from: libs/…/file.ts#region -->` is followed by a code
 * block that is kept equal to the lines between `// region NAME` and `// endregion NAME` of that file; without `#region`
 * it is the whole file.
 */
const GUIDES = 'docs/guides';
const BLOCK = /(<!-- from: ([\w./-]+)(?:#([\w-]+))? -->\n)```(\w*)\n[\s\S]*?\n?```/g;

export async function transcludedFiles(): Promise<readonly GeneratedFile[]> {
  const names = (await readdir(join(projectFolder, GUIDES)).catch(() => [])).filter((name) => name.endsWith('.md'));
  return Promise.all(
    names.sort().map(async (name) => {
      const path = `${GUIDES}/${name}`;
      return { path, text: await transclude(await readFile(join(projectFolder, path), 'utf8'), readSource) };
    }),
  );
}

/** @throws Error naming the file or region that a guide asks for and that is not there */
export async function transclude(guide: string, read: (path: string) => Promise<string>): Promise<string> {
  let result = '';
  let end = 0;
  for (const match of guide.matchAll(BLOCK)) {
    const [whole, marker = '', path = '', region, language = ''] = match;
    const lines = regionOf(await read(path), path, region);
    result += `${guide.slice(end, match.index)}${marker}\`\`\`${language}\n${lines}\n\`\`\``;
    end = match.index + whole.length;
  }
  return result + guide.slice(end);
}

function regionOf(source: string, path: string, region: string | undefined): string {
  const lines = source.trimEnd().split('\n');
  const isMark = (line: string) => /^\s*\/\/ (end)?region [\w-]+$/.test(line);
  if (region === undefined) return lines.filter((line) => !isMark(line)).join('\n');
  const start = lines.findIndex((line) => line.trim() === `// region ${region}`);
  const stop = lines.findIndex((line) => line.trim() === `// endregion ${region}`);
  if (start < 0 || stop < start) throw new Error(`${path} has no region ${region}`);
  const inside = lines.slice(start + 1, stop).filter((line) => !isMark(line));
  const indent = Math.min(...inside.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return inside.map((line) => line.slice(indent)).join('\n');
}

const readSource = (path: string): Promise<string> => readFile(join(projectFolder, path), 'utf8');
