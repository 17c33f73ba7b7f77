import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { PublishCharter } from '#domain/charter/commands.js';
import { type CharterParameters, fallbackParameters } from '#domain/charter/parameters.js';
import { parseCharter } from '#domain/charter/parse-charter.js';
import { type CharterProposal, defaultParameters, proposeParameters } from '#domain/charter/proposal.js';
import type { CharterStructure } from '#domain/charter/structure.js';
import { type Context, confirm, show, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { give } from '../give-command.js';
import type { Terminal } from '../terminal.js';
import { dayOf } from './staff.js';

interface ImportOptions {
  readonly effective: string;
  readonly yes?: boolean;
  readonly acceptMissing?: boolean;
  readonly set?: readonly string[];
  readonly summary?: string;
}

const MAX_BYTES = 1_000_000;

export function addCharterImport(charter: Command, terminal: Terminal): void {
  charter
    .command('import')
    .description('Read a charter as plain text, propose its parameters with the words they come from, and publish it')
    .argument('<file>', 'plain text, UTF-8')
    .requiredOption('--effective <date>', 'first day on which it is in force, YYYY-MM-DD')
    .option('--yes', 'publish without asking (for scripts)')
    .option(
      '--accept-missing',
      'publish although something is missing or contradicts itself; what was accepted is recorded',
    )
    .option(
      '--set <name=value...>',
      'value of a parameter that the text does not give or gives twice, as JSON: sessionMinutes=45',
    )
    .option('--summary <text>', 'what changes, in a few words for the members')
    .addHelpText(
      'after',
      '\nExamples:\n  temoin charter import charte.txt --effective 2026-01-01\n  temoin charter import charte.txt --effective 2026-09-01 --yes --accept-missing --set sessionMinutes=45',
    )
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const effectiveFrom = dayOf(options.effective);
      if (effectiveFrom === undefined) throw new CliError(exitCodes.usage, '--effective is missing.');
      const text = await readCharter(file);
      const structure = parseCharter(text);
      const proposal = proposeParameters(structure);
      const parameters = parametersOf(options.set ?? []);
      const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
      if (!json) terminal.out(proposalText(structure, proposal, parameters));
      if (proposal.problems.length > 0 && !options.acceptMissing) {
        const names = proposal.problems
          .map((one) => `  ${[`${one.id}: ${one.text}`, ...one.words].join(' ')}`)
          .join('\n');
        throw new CliError(
          exitCodes.refused,
          `The text is not complete:\n${names}\nMend it, or publish it as it is with --accept-missing (and --set name=value).`,
          { problems: proposal.problems },
        );
      }
      if (!options.yes && !(await confirm({ terminal }, `Publish this charter, in force from ${effectiveFrom}?`)))
        throw new CliError(
          exitCodes.refused,
          'Nothing was published. Without a terminal to answer on, confirm with --yes.',
        );
      await withInstallation(terminal, command, { create: true }, (context) =>
        publish(context, {
          effectiveFrom,
          text,
          parameters,
          acceptedMissing: proposal.problems.map((one) => one.id),
          ...(options.summary === undefined ? {} : { changeSummary: options.summary }),
        }),
      );
    });
}

async function publish(context: Context, charter: Omit<PublishCharter, 'type' | 'charterVersionId'>): Promise<void> {
  const { temoin } = context;
  const commandId = temoin.ids.freshCommandId();
  const charterVersionId = temoin.ids.newId(commandId, 'charter');
  const command: PublishCharter = { type: 'PublishCharter', charterVersionId, ...charter };
  const receipt = await give(context, 'charter-association', command, { commandId });
  show(
    context,
    { charterVersionId, effectiveFrom: charter.effectiveFrom, acceptedMissing: charter.acceptedMissing, receipt },
    () =>
      receipt.events.length === 0
        ? 'This text is published already, for the same day.\n'
        : `Published as ${charterVersionId}, in force from ${charter.effectiveFrom}.\n`,
  );
}

export async function readCharter(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(code === 'ENOENT' ? exitCodes.notFound : exitCodes.failure, `Cannot read ${file} (${code}).`);
  }
  if (bytes.byteLength > MAX_BYTES) throw new CliError(exitCodes.usage, `${file} is larger than ${MAX_BYTES} bytes.`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CliError(exitCodes.usage, `${file} is not UTF-8 text. Save it again as plain text in UTF-8.`);
  }
}

export function parametersOf(settings: readonly string[]): Partial<CharterParameters> {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf('=');
      const name = setting.slice(0, at);
      if (!Object.hasOwn(fallbackParameters, name))
        throw new CliError(
          exitCodes.usage,
          `--set takes name=value; names: ${Object.keys(fallbackParameters).join(', ')}.`,
        );
      try {
        return [name, JSON.parse(setting.slice(at + 1))];
      } catch {
        return [name, setting.slice(at + 1)];
      }
    }),
  );
}

/** Each parameter with article and quoted words: what the person confirms. */
function proposalText(
  { articles, statements, recommendations }: CharterStructure,
  proposal: CharterProposal,
  given: Partial<CharterParameters>,
): string {
  const fallback = defaultParameters(proposal);
  const lines = proposal.parameters.flatMap(({ name, value, evidence }) => [
    `  ${name}: ${valueText(value, given[name], fallback[name])}`,
    ...evidence.map(({ where, words }) => `      ${placeOf(where)} : « ${words} »`),
  ]);
  const counts = `${articles.length} articles, ${statements.length} statements, ${recommendations.length} recommendations`;
  return `${counts}\nParameters that rules will read:\n${lines.join('\n')}\n`;
}

function valueText(value: unknown, given: unknown, fallback: unknown): string {
  if (given !== undefined) return `${JSON.stringify(given)} (given with --set)`;
  if (value !== undefined) return JSON.stringify(value);
  return `not clear from the text; ${JSON.stringify(fallback)} would apply`;
}

function placeOf(where: string): string {
  if (where === 'preamble') return 'préambule';
  if (where === 'annex') return 'annexe';
  return where.startsWith('form') ? 'formulaire' : `article ${where}`;
}
