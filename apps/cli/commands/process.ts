import type { Command } from 'commander';
import { isProcessName, processNames, type SkipReason, skipReasons } from '#domain/process/codes.js';
import { type ProcessCommand, processStream } from '#domain/process/process.js';
import { listCases, processesView } from '#views/processes.js';
import { type Context, show, viewDeps, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { give } from '../give-command.js';
import { columns, type Terminal } from '../terminal.js';

const views = [processesView.schema.name];
const states = ['waiting', 'parked', 'ended'] as const;

export function addProcessCommands(program: Command, terminal: Terminal): void {
  const process = program
    .command('process')
    .description('What the service does by the clock: letters, reminders, escalations; and what is stuck');
  process
    .command('list')
    .description('Cases with their next step; those that wait for a person with --state parked')
    .option('--state <state>', `one of ${states.join(', ')}`, 'waiting')
    .option('--process <name>', `one of ${processNames.join(', ')}`)
    .addHelpText('after', '\nExample:\n  temoin process list --state parked')
    .action((options: { state: string; process?: string }, command: Command) =>
      withInstallation(terminal, command, { views }, (context) => list(context, options)),
    );
  process
    .command('retry')
    .description('Try a stuck step again; the service does it at once')
    .argument('<process>')
    .argument('<case>')
    .argument('<step>')
    .addHelpText('after', '\nExample:\n  temoin process retry follow-up r1.1 ask')
    .action((name: string, caseId: string, step: string, _options: object, command: Command) =>
      withInstallation(terminal, command, { views: [] }, (context) => decide(context, name, caseId, step)),
    );
  process
    .command('skip')
    .description('Decide that a stuck step is not done')
    .argument('<process>')
    .argument('<case>')
    .argument('<step>')
    .requiredOption('--reason <reason>', `one of ${skipReasons.join(', ')}`)
    .addHelpText('after', '\nExample:\n  temoin process skip follow-up r1.1 ask --reason done-otherwise')
    .action((name: string, caseId: string, step: string, options: { reason: string }, command: Command) =>
      withInstallation(terminal, command, { views: [] }, (context) =>
        decide(context, name, caseId, step, options.reason),
      ),
    );
}

async function list(context: Context, options: { readonly state: string; readonly process?: string }): Promise<void> {
  const state = states.find((one) => one === options.state);
  if (state === undefined) throw new CliError(exitCodes.usage, `A state is one of ${states.join(', ')}.`);
  const process = options.process === undefined ? undefined : known(options.process);
  const wanted = { state, limit: 200, ...(process === undefined ? {} : { process }) };
  const { items } = await listCases(viewDeps(context), wanted);
  show(context, { items }, () =>
    columns([
      ['PROCESS', 'CASE', 'STEP', 'DUE', 'STUCK'],
      ...items.map((one) => [
        one.process,
        one.caseId,
        one.parked?.step ?? one.pending[0]?.step ?? '',
        one.dueAt ?? '',
        one.parked === undefined ? '' : one.parked.code,
      ]),
    ]),
  );
}

const known = (name: string) => {
  if (!isProcessName(name)) throw new CliError(exitCodes.usage, `A process is one of ${processNames.join(', ')}.`);
  return name;
};

async function decide(context: Context, name: string, caseId: string, step: string, reason?: string): Promise<void> {
  const process = known(name);
  const why = skipReasons.find((one): one is SkipReason => one === reason);
  if (reason !== undefined && why === undefined)
    throw new CliError(exitCodes.usage, `A reason is one of ${skipReasons.join(', ')}.`);
  const command: ProcessCommand =
    why === undefined
      ? { type: 'RetryStep', process, caseId, step }
      : { type: 'SkipStep', process, caseId, step, reason: why };
  const receipt = await give(context, processStream(process, caseId), command);
  show(context, { events: receipt.events }, () => `${receipt.events.join(', ')}\n`);
}
