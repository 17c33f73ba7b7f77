import type { Command } from 'commander';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { periodOf } from '#application/simulate-charter/period.js';
import {
  type CharterSimulation,
  type SimulatedDifference,
  simulateCharter,
  simulatedViews,
} from '#application/simulate-charter/simulate-charter.js';
import { impossibleParameters } from '#domain/charter/check-parameters.js';
import { type CharterParameters, fallbackParameters } from '#domain/charter/parameters.js';
import { parseCharter } from '#domain/charter/parse-charter.js';
import { clearParameters, defaultParameters, proposeParameters } from '#domain/charter/proposal.js';
import { show, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { columns, type Terminal } from '../terminal.js';
import { parametersOf, readCharter } from './charter-import.js';

interface SimulateOptions {
  readonly over: string;
  readonly set?: readonly string[];
}

export function addCharterSimulate(charter: Command, terminal: Terminal): void {
  charter
    .command('simulate')
    .description(
      'Play a period again under another charter: which bookings, sessions, complaints and purges would have come out differently. Changes nothing',
    )
    .argument('<file>', 'the other charter, plain text in UTF-8; it is read and not kept')
    .requiredOption('--over <period>', 'first and last day: 2026-01-01..2026-12-31')
    .option('--set <name=value...>', 'value of a parameter in place of the text’s, as JSON: sessionMinutes=45')
    .addHelpText(
      'after',
      '\nExample:\n  temoin charter simulate charte-2027.txt --over 2026-01-01..2026-12-31 --set complaintWindowDays=15',
    )
    .action(async (file: string, options: SimulateOptions, command: Command) => {
      const period = periodOf(options.over);
      if (period === undefined)
        throw new CliError(
          exitCodes.usage,
          '--over takes two days, the first not after the last: 2026-01-01..2026-12-31.',
        );
      const proposal = proposeParameters(parseCharter(await readCharter(file)));
      const given = parametersOf(options.set ?? []);
      const parameters: CharterParameters = { ...defaultParameters(proposal), ...given };
      const shaped = otherwiseShaped(given);
      const wrong = shaped.length > 0 ? shaped : impossibleParameters(parameters);
      if (wrong.length > 0)
        throw new CliError(exitCodes.usage, `These parameters make no charter: ${wrong.join(', ')}.`);
      const stated = new Set([...Object.keys(clearParameters(proposal)), ...Object.keys(given)]);
      const assumed = Object.keys(parameters).filter((name) => !stated.has(name));
      await withInstallation(terminal, command, { views: simulatedViews }, async (context) => {
        const simulation = await simulateCharter(context.temoin, frenchCivilTime(), parameters, period);
        show(context, { ...simulation, assumed }, () => text(simulation, assumed));
      });
    });
}

/** Values given with --set that are not of the parameter's kind. */
const otherwiseShaped = (given: Partial<CharterParameters>): readonly string[] =>
  Object.entries(given).flatMap(([name, value]) => {
    const usual: unknown = fallbackParameters[name as keyof CharterParameters];
    return typeof value === typeof usual && Array.isArray(value) === Array.isArray(usual) ? [] : [name];
  });

function text({ from, to, examined, differences, parameters }: CharterSimulation, assumed: readonly string[]): string {
  const { bookings, sessions, complaints } = examined;
  const values = Object.entries(parameters).map(
    ([name, value]) =>
      `  ${name}: ${JSON.stringify(value)}${assumed.includes(name) ? ' (not clear from the text)' : ''}\n`,
  );
  const head = `Played again from ${from} to ${to} under:\n${values.join('')}${bookings} bookings, ${sessions} sessions, ${complaints} complaints.\n`;
  if (differences.length === 0) return `${head}Nothing would have come out differently.\n`;
  const rows = differences.map((one) => [one.kind, one.day, one.id, said(one, 'before'), said(one, 'after')]);
  return `${head}${differences.length} would have come out differently:\n${columns([['WHAT', 'DAY', 'REFERENCE', 'AS IT WAS', 'UNDER THE OTHER CHARTER'], ...rows])}`;
}

const said = (one: SimulatedDifference, side: 'before' | 'after'): string =>
  one[side].length === 0 ? 'nothing against it' : one[side].join(', ');
