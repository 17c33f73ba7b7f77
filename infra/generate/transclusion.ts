import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../apps/composition/configuration.js';
import type { GeneratedFile } from './markdown.js';

/**
 * Guides show code that is compiled and tested: in a guide, `<!-- from: libs/…/file.ts#name -->` is followed by a code block
 * that is kept equal to the lines between `// region name` and `// endregion name` of that file or, where it has no such
 * region, to its top-level declaration of that name; without `#name` it is the whole file.
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
    const [whole, marker = '', path = '', name, language = ''] = match;
    const lines = partOf(await read(path), path, name);
    result += `${guide.slice(end, match.index)}${marker}\`\`\`${language}\n${lines}\n\`\`\``;
    end = match.index + whole.length;
  }
  return result + guide.slice(end);
}

function partOf(source: string, path: string, name: string | undefined): string {
  const lines = source.trimEnd().split('\n');
  const isMark = (line: string) => /^\s*\/\/ (end)?region [\w-]+$/.test(line);
  if (name === undefined) return lines.filter((line) => !isMark(line)).join('\n');
  const start = lines.findIndex((line) => line.trim() === `// region ${name}`);
  const stop = lines.findIndex((line) => line.trim() === `// endregion ${name}`);
  const inside = start >= 0 && stop > start ? lines.slice(start + 1, stop) : declarationOf(lines, name);
  if (inside.length === 0) throw new Error(`${path} has no region and no declaration ${name}`);
  const shown = inside.filter((line) => !isMark(line));
  const indent = Math.min(...shown.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return shown.map((line) => line.slice(indent)).join('\n');
}

/** A top-level declaration with the comment and decorators above it, as a formatter leaves it: closed at the left margin. */
function declarationOf(lines: readonly string[], name: string): readonly string[] {
  const declares = new RegExp(`^(export )?(async )?(const|function|interface|type|class) ${name}\\b`);
  const head = lines.findIndex((line) => declares.test(line));
  if (head < 0) return [];
  let start = head;
  while (start > 0 && /^(@|\/\*\*| \*)/.test(lines[start - 1] ?? '')) start -= 1;
  const oneLine = /;$/.test(lines[head] ?? '');
  const length = oneLine ? 0 : lines.slice(head + 1).findIndex((line) => /^[}\])]/.test(line)) + 1;
  return lines.slice(start, head + length + 1);
}

const readSource = (path: string): Promise<string> => readFile(join(projectFolder, path), 'utf8');
