import type { Command } from 'commander';
import { exitCodeDocs } from '../../apps/cli/exit-codes.js';
import { buildProgram } from '../../apps/cli/program.js';
import { type GeneratedFile, generatedNote, page, table } from './markdown.js';

const WIDTH = 110;

/** The command line's help, command by command. */
export function cliFiles(): readonly GeneratedFile[] {
  let said = '';
  const program = buildProgram({
    out: (text) => {
      said += text;
    },
    err: () => undefined,
    interactive: false,
    redraws: false,
    ask: async () => '',
    env: {},
  });
  const helpOf = (command: Command): string => {
    said = '';
    command.configureOutput({ getOutHelpWidth: () => WIDTH, getOutHasColors: () => false });
    command.outputHelp();
    return said.trimEnd();
  };
  const sections = (command: Command, path: readonly string[]): readonly string[] => [
    `${'#'.repeat(Math.min(path.length + 1, 4))} ${path.join(' ')}`,
    `\`\`\`text\n${helpOf(command)}\n\`\`\``,
    ...command.commands.flatMap((one) => sections(one, [...path, one.name()])),
  ];
  return [
    {
      path: 'docs/reference/cli.md',
      text: page(
        '# Command line',
        generatedNote('`apps/cli`'),
        '`npm run temoin -- …` in the project folder, or `temoin …` once the package is linked (`npm link`). It works on the data folder itself, beside a running service or without one, with the rights of whoever may read the root key.',
        table(
          ['Exit code', 'Meaning'],
          exitCodeDocs.map(([code, text]) => [String(code), text]),
        ),
        ...sections(program, ['temoin']),
      ),
    },
  ];
}
