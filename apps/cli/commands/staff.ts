import type { Command } from 'commander';
import type { StaffCommand } from '#domain/staff/commands.js';
import { type Office, offices } from '#domain/staff/events.js';
import { isLocalDate, type LocalDate } from '#kernel/time.js';
import { localDayOf } from '#views/local-day.js';
import { show, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { give } from '../give-command.js';
import type { Terminal } from '../terminal.js';

interface AddOptions {
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly office?: string;
  readonly technician?: boolean;
  readonly from?: string;
}

export function addStaffCommands(program: Command, terminal: Terminal): void {
  const staff = program.command('staff').description('People of the association');
  staff
    .command('add')
    .description('Register a person, with an office or the habilitation as technician if wanted')
    .requiredOption('--name <name>', 'full name; sealed, like every personal value')
    .option('--email <address>', 'e-mail address')
    .option('--phone <number>', 'telephone number')
    .option('--office <office>', `appoint at once: ${offices.join(', ')}`)
    .option('--technician', 'authorise as technician at once')
    .option('--from <date>', 'first day of the office or habilitation, YYYY-MM-DD (default: today)')
    .addHelpText(
      'after',
      "\nExamples:\n  temoin staff add --name 'Camille Martin' --office director\n  temoin staff add --name 'Dominique Petit' --technician --from 2026-06-01",
    )
    .action((options: AddOptions, command: Command) =>
      withInstallation(terminal, command, { create: true }, async (context) => {
        const { temoin } = context;
        const from = dayOf(options.from) ?? localDayOf(temoin.clock.now());
        const office = officeOf(options.office);
        const commandId = temoin.ids.freshCommandId();
        const staffId = temoin.ids.newId(commandId, 'staff');
        const stream = `staff-${staffId}`;
        const { name, email, phone } = options;
        const contact = { ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) };
        const commands: StaffCommand[] = [{ type: 'RegisterStaff', staffId, name, ...contact }];
        if (office) commands.push({ type: 'AppointOfficeHolder', staffId, office, from });
        if (options.technician) commands.push({ type: 'AuthoriseTechnician', staffId, from });
        const events: string[] = [];
        for (const [index, one] of commands.entries())
          events.push(...(await give(context, stream, one, index === 0 ? { commandId } : {})).events);
        show(context, { staffId, stream, events }, () => `${staffId}\n`);
        if (!context.json) terminal.err(`Registered. Next: temoin token create --staff ${staffId} --role …\n`);
      }),
    );
}

function officeOf(text: string | undefined): Office | undefined {
  if (text === undefined) return undefined;
  const office = offices.find((one) => one === text);
  if (!office) throw new CliError(exitCodes.usage, `--office must be one of ${offices.join(', ')}.`);
  return office;
}

export function dayOf(text: string | undefined): LocalDate | undefined {
  if (text === undefined) return undefined;
  if (!isLocalDate(text)) throw new CliError(exitCodes.usage, 'A date is written YYYY-MM-DD and must exist.');
  return text;
}
