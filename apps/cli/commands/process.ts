import type { Command } from 'commander';
import { isProcessName, processNames, type SkipReason, skipReasons } from '#domain/process/codes.js';
import { type ProcessCommand, processStream } from '#domain/process/process.js';
import { caseKeyOf, type ProcessCaseDocument } from '#views/process-case.js';
import { type CaseFilters, listCases, processesView } from '#views/processes.js';
import { type Context, show, viewDeps, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { give } from '../give-command.js';
import { columns, type Terminal } from '../terminal.js';

const views = [processesView.schema.name];
const states = ['waiting', 'parked', 'ended'] as const;
const exitHelp = '\nExit code 3 when the step is not stuck, or done already; 4 when there is no such case.';

export function addProcessCommands(program: Command, terminal: Terminal): void {
  const process = program
    .command('process')
    .description('What the service does by the clock: letters, reminders, escalations; and what is stuck');
  process
    .command('list')
    .description('Cases with their next step: those that are stuck and wait for a person first, then those to come')
    .option('--state <state>', `only one of ${states.join(', ')}; without it, all but those that have ended`)
    .option('--process <name>', `one of ${processNames.join(', ')}`)
    .addHelpText('after', '\nExamples:\n  temoin process list\n  temoin process list --state parked --json')
    .action((options: { state?: string; process?: string }, command: Command) =>
      withInstallation(terminal, command, { views }, (context) => list(context, options)),
    );
  process
    .command('retry')
    .description('Try a stuck step again: the service does it at once, or when it starts again')
    .argument('<process>', 'first column of the list')
    .argument('<case>', 'second column')
    .argument('<step>', 'third column')
    .addHelpText('after', `\nExample:\n  temoin process retry follow-up r1.1 ask${exitHelp}`)
    .action((name: string, caseId: string, step: string, _options: object, command: Command) =>
      withInstallation(terminal, command, { views }, (context) => decide(context, name, caseId, step)),
    );
  process
    .command('skip')
    .description('Decide that a stuck step is not done; the steps after it go on')
    .argument('<process>', 'first column of the list')
    .argument('<case>', 'second column')
    .argument('<step>', 'third column')
    .requiredOption('--reason <reason>', `one of ${skipReasons.join(', ')}`)
    .addHelpText('after', `\nExample:\n  temoin process skip follow-up r1.1 ask --reason done-otherwise${exitHelp}`)
    .action((name: string, caseId: string, step: string, options: { reason: string }, command: Command) =>
      withInstallation(terminal, command, { views }, (context) => decide(context, name, caseId, step, options.reason)),
    );
}

async function list(context: Context, options: { readonly state?: string; readonly process?: string }): Promise<void> {
  const state = states.find((one) => one === options.state);
  if (options.state !== undefined && state === undefined)
    throw new CliError(exitCodes.usage, `A state is one of ${states.join(', ')}.`);
  const process = options.process === undefined ? undefined : known(options.process);
  const wanted = process === undefined ? {} : { process };
  const items: ProcessCaseDocument[] = [];
  for (const one of state === undefined ? (['parked', 'waiting'] as const) : [state])
    items.push(...(await everyCase(context, { ...wanted, state: one })));
  show(context, { items }, () =>
    items.length === 0
      ? 'Nothing is stuck and nothing is to come.\n'
      : columns([
          ['PROCESS', 'CASE', 'STEP', 'DUE', 'STUCK', 'SINCE'],
          ...items.map((one) => [
            one.process,
            one.caseId,
            one.parked?.step ?? one.pending[0]?.step ?? '',
            one.dueAt ?? '',
            one.parked?.code ?? '',
            one.parked?.at ?? '',
          ]),
        ]),
  );
}

/** All pages: what is stuck is never left out for being many. */
async function everyCase(context: Context, filters: Omit<CaseFilters, 'limit' | 'cursor'>) {
  const items: ProcessCaseDocument[] = [];
  let cursor: string | undefined;
  do {
    const page = await listCases(viewDeps(context), {
      ...filters,
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
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
  const key = caseKeyOf(process, caseId);
  const found = await context.temoin.viewStore.get(processesView.schema, 'cases', key);
  if (found === undefined) throw new CliError(exitCodes.notFound, `There is no case ${key}. See: temoin process list`);
  const receipt = await give(context, processStream(process, caseId), command);
  show(context, { events: receipt.events }, () => `${receipt.events.join(', ')}\n`);
}
