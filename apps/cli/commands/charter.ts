import type { Command } from 'commander';
import { type CharterDocument, charterInForce, chartersView, getCharter, listCharters } from '#views/charters.js';
import { localDayOf } from '#views/local-day.js';
import { type Context, show, viewDeps, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { lineDifferences } from '../line-differences.js';
import { columns, type Terminal } from '../terminal.js';
import { addCharterAccepted } from './charter-accepted.js';
import { addCharterImport } from './charter-import.js';
import { addCharterSimulate } from './charter-simulate.js';

const VIEWS = { views: [chartersView.schema.name] };

export function addCharterCommands(program: Command, terminal: Terminal): void {
  const charter = program.command('charter').description('Versions of the charter');
  addCharterImport(charter, terminal);
  addCharterSimulate(charter, terminal);
  addCharterAccepted(charter, terminal);
  charter
    .command('show')
    .description('One version, or all of them in short')
    .argument('[version]', 'its id, or `current` for the one in force today; without it: the list')
    .option('--text', 'the exact text alone, byte for byte')
    .addHelpText(
      'after',
      '\nExamples:\n  temoin charter show\n  temoin charter show current\n  temoin charter show current --text > charte.txt',
    )
    .action((version: string | undefined, options: { text?: boolean }, command: Command) =>
      withInstallation(terminal, command, VIEWS, async (context) => {
        if (version === undefined) return list(context);
        const found = await versionOf(context, version);
        if (options.text && !context.json) return terminal.out(found.text);
        show(context, found, () => describe(found));
      }),
    );
  charter
    .command('diff')
    .description('What changed between two versions: parameters, then lines of the text')
    .argument('<from>', 'id of a version, or `current`')
    .argument('[to]', 'id of the other one', 'current')
    .addHelpText('after', '\nExample:\n  temoin charter diff 4q7z… current')
    .action((from: string, to: string, _options: object, command: Command) =>
      withInstallation(terminal, command, VIEWS, async (context) => {
        const before = await versionOf(context, from);
        const after = await versionOf(context, to);
        const parameters = parameterChanges(before, after);
        const lines = lineDifferences(before.text, after.text);
        show(context, { from: before.charterVersionId, to: after.charterVersionId, parameters, lines }, () =>
          [
            ...parameters.map(
              ({ name, before: was, after: is }) => `${name}: ${JSON.stringify(was)} → ${JSON.stringify(is)}\n`,
            ),
            ...lines.map(({ change, line }) => `${change === 'removed' ? '-' : '+'} ${line}\n`),
            ...(parameters.length + lines.length === 0 ? ['No difference.\n'] : []),
          ].join(''),
        );
      }),
    );
}

async function list(context: Context): Promise<void> {
  const { items } = await listCharters(viewDeps(context), { limit: 200 });
  show(context, { items }, () =>
    columns([
      ['VERSION', 'IN FORCE FROM', 'ARTICLES', 'SHA-256'],
      ...items.map((one) => [one.charterVersionId, one.effectiveFrom, String(one.articleCount), one.textSha256]),
    ]),
  );
}

async function versionOf(context: Context, id: string): Promise<CharterDocument> {
  const deps = viewDeps(context);
  const found = id === 'current' ? await charterInForce(deps, localDayOf(deps.now)) : await getCharter(deps, id);
  if (found) return found;
  throw new CliError(
    exitCodes.notFound,
    id === 'current'
      ? 'No charter is in force today. See: temoin charter import'
      : 'There is no such version. See: temoin charter show',
  );
}

function describe(charter: CharterDocument): string {
  const facts: (readonly [string, string])[] = [
    ['version', charter.charterVersionId],
    ['in force from', charter.effectiveFrom],
    ['recorded at', charter.recordedAt],
    ['SHA-256', charter.textSha256],
    ['articles', charter.articles.map(({ number }) => number).join(' ')],
    ['accepted as missing', charter.acceptedMissing.join(', ') || 'nothing'],
    ...Object.entries(charter.parameters).map(([name, value]) => [name, JSON.stringify(value)] as const),
    ...charter.notifications.map(({ channel, notifiedOn }) => ['made known', `${notifiedOn} by ${channel}`] as const),
  ];
  return columns(facts);
}

function parameterChanges(before: CharterDocument, after: CharterDocument) {
  const was: Readonly<Record<string, unknown>> = { ...before.parameters };
  return Object.entries(after.parameters)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name]))
    .map(([name, value]) => ({ name, before: was[name], after: value }));
}
