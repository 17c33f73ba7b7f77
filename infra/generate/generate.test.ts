import { ruleTitles } from './test-titles.js';
import { transclude } from './transclusion.js';

const source = `import x from 'x';

/** Says hello. */
export function hello(): string {
  return 'hello';
}

export const one = 1;
  // region inner
  inner();
  // endregion inner
`;
const guide = (mark: string) => `Before.\n\n<!-- from: libs/a.ts${mark} -->\n\`\`\`ts\nold\n\`\`\`\n\nAfter.\n`;
const block = async (mark: string) =>
  /```ts\n([\s\S]*?)\n```/.exec(await transclude(guide(mark), async () => source))?.[1];

describe('transclusion', () => {
  it('keeps a code block equal to a declaration with its comment', async () => {
    expect(await block('#hello')).toBe("/** Says hello. */\nexport function hello(): string {\n  return 'hello';\n}");
    expect(await block('#one')).toBe('export const one = 1;');
  });

  it('keeps a code block equal to a region, moved to the margin', async () => {
    expect(await block('#inner')).toBe('inner();');
  });

  it('shows a whole file without its marks', async () => {
    expect(await block('')).not.toContain('region');
    expect(await block('')).toContain('inner();');
  });

  it('leaves the rest of the guide alone and changes nothing the second time', async () => {
    const once = await transclude(guide('#hello'), async () => source);
    expect(once.startsWith('Before.\n')).toBe(true);
    expect(once.endsWith('\nAfter.\n')).toBe(true);
    expect(await transclude(once, async () => source)).toBe(once);
  });

  it('fails when what the guide shows is gone', async () => {
    await expect(transclude(guide('#gone'), async () => source)).rejects.toThrow(/libs\/a\.ts.*gone/);
  });
});

describe('titles of tests that name a rule', () => {
  const titles = (text: string) => ruleTitles({ path: 'a.test.ts', text }).map(({ rule, title }) => `${rule} ${title}`);

  it('are found in every kind of string, several rules in one title included', () => {
    const [open, close] = ['[', ']'];
    const mark = (rules: string) => `${open}${rules}${close}`;
    expect(titles(`it('refuses to start ${mark('charter:3.1a')}', f);`)).toEqual(['charter:3.1a refuses to start']);
    expect(titles(`it("says what’s wrong ${mark('charter:7.3+')}", f);`)).toEqual(['charter:7.3+ says what’s wrong']);
    expect(titles(`it.each(rows)('%s ${mark('charter:F.1, charter:X.1-3')}', f);`)).toEqual([
      'charter:F.1 %s',
      'charter:X.1-3 %s',
    ]);
    expect(titles("it('names no rule', f);")).toEqual([]);
  });
});
