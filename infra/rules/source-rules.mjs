// Rules on the text of the tracked files that neither the compiler nor the linter knows. Each has a canary: a text that it
// must catch. Words that a rule looks for are written here in two parts, so that this file does not break its own rules.

const code = /^(apps|libs|infra)\/.*\.(ts|tsx|mjs|cjs)$/;
const shipped = /^(apps|libs)\/.*\.tsx?$/;
const MAX_LINES = 250;

const lineOf = (text, index) => text.slice(0, index).split('\n').length;
const matches = (pattern) => (text) => [...text.matchAll(pattern)].map((match) => lineOf(text, match.index));

/** @type {{name: string, doc: string, files: RegExp, find: (text: string) => number[], canary: [path: string, text: string]}[]} */
export const sourceRules = [
  {
    name: 'file-length',
    doc: `A source file of apps, libs or infra has at most ${MAX_LINES} lines.`,
    files: code,
    find: (text) => {
      const lines = text.trimEnd().split('\n').length;
      return lines > MAX_LINES ? [lines] : [];
    },
    canary: ['libs/kernel/long.ts', 'export {};\n'.repeat(MAX_LINES + 1)],
  },
  {
    name: 'no-barrels',
    doc: 'No file of a lib only re-exports others.',
    files: /^libs\/.*\.ts$/,
    find: (text) => {
      const rest = text
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
        .replace(/export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s+'[^']*';?/g, '')
        .trim();
      return rest === '' && /export\b[^;]*\bfrom\b/.test(text) ? [1] : [];
    },
    canary: ['libs/kernel/index.ts', "// all of it\nexport * from './a.js';\nexport type { B } from './b.js';\n"],
  },
  {
    name: 'no-machine-paths',
    doc: 'No file names a folder of the machine it was written on (the lint of free text has invented ones in its tests).',
    files: /^(?!libs\/domain\/lint\/)/,
    find: matches(/(?<![\w.$}@-])\/(?:home|root|Users|work|tmp)\/[A-Za-z]/g),
    canary: ['docs/a.md', `See /${'home'}/someone/notes.\n`],
  },
  {
    name: 'no-registry-hosts',
    doc: 'No file names the host of a package registry.',
    files: /./,
    find: matches(/https?:\/\/[a-z0-9.-]*(?:regist|debian|nuget|artifactor|verdaccio)[a-z0-9.-]*/gi),
    canary: ['package-lock.json', `"resolved": "https://${'regis'}try.example.org/a.tgz"\n`],
  },
  {
    name: 'no-quick-tests',
    doc: 'No test has a limit of seconds, or is passed by being quick: a machine that is slow fails none.',
    files: /\.test\.ts$/,
    find: matches(
      /^\s*\}?\)?,? ?\d{1,2}_\d{3}(?:,|\);)$|expect\([^\n]*\b(?:Date|performance)\.now\(\)[^\n]*toBeLessThan/gm,
    ),
    canary: ['libs/kernel/quick.test.ts', "it('waits', async () => {\n  await it;\n}, 30_000);\n"],
  },
  {
    name: 'no-silenced-checks',
    doc: 'No skipped or lonely test, no silenced compiler, no promise to do it later.',
    files: code,
    find: matches(
      new RegExp(
        [
          String.raw`\b(?:it|test|describe)\.(?:sk${'ip'}|on${'ly'}|to${'do'})\b`,
          String.raw`\bx(?:it|describe)\(`,
          `@ts-${'ignore'}`,
          `@ts-${'nocheck'}`,
          `\\bTO${'DO'}\\b`,
          `\\bFIX${'ME'}\\b`,
        ].join('|'),
        'g',
      ),
    ),
    canary: ['libs/kernel/a.test.ts', `it.sk${'ip'}('holds', () => {});\n`],
  },
  {
    name: 'no-machine-clock',
    doc: 'Kernel, domain and views never read the clock or the environment: time comes in as an argument.',
    files: /^libs\/(kernel|domain|views)\/(?!.*\.test\.ts$).*\.ts$/,
    find: matches(/\bDate\.now\(|\bnew Date\(\)|\bprocess\.env\b/g),
    canary: ['libs/domain/session/decide.ts', 'export const now = Date.now();\n'],
  },
  {
    name: 'no-chance',
    doc: 'Kernel, domain and views are functions of their arguments: no random value.',
    files: /^libs\/(kernel|domain|views)\/(?!.*\.test\.ts$).*\.ts$/,
    find: matches(/\bMath\.random\(|\brandomUUID\b|\brandomBytes\b/g),
    canary: ['libs/domain/session/decide.ts', 'export const id = Math.random();\n'],
  },
  {
    name: 'no-default-exports',
    doc: 'Named exports only in apps and libs.',
    files: shipped,
    find: matches(/^export default\b/gm),
    canary: ['libs/kernel/a.ts', 'export default 1;\n'],
  },
];
