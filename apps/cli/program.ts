import { Command } from 'commander';
import { addBackupCommands } from './commands/backup.js';
import { addCertificateCommands } from './commands/certificate.js';
import { addCharterCommands } from './commands/charter.js';
import { addCopyCommand } from './commands/copy.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addJournalCommand } from './commands/journal.js';
import { addKeysCommands } from './commands/keys.js';
import { addLeakScanCommand } from './commands/leak-scan.js';
import { addLedgerCommands } from './commands/ledger.js';
import { addMemberCommands } from './commands/member.js';
import { addProcessCommands } from './commands/process.js';
import { addRebuildCommand } from './commands/rebuild.js';
import { addRestoreCommand } from './commands/restore.js';
import { addRetentionCommands } from './commands/retention.js';
import { addRightsCommands } from './commands/rights.js';
import { addStaffCommands } from './commands/staff.js';
import { addStreamCommands } from './commands/stream.js';
import { addSubscribersCommand } from './commands/subscribers.js';
import { addTokenCommands } from './commands/token.js';
import { exitCodeDocs } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** The whole command line; `docs/reference/cli.md` is generated from it. */
export function buildProgram(terminal: Terminal): Command {
  const program = new Command('temoin')
    .description('Témoin from the command line: works on the data folder, beside a running service or without one')
    .option('--data <dir>', 'the data folder (default: TEMOIN_DATA, else data/temoin in the project)')
    .option('--simulation', 'work on a simulation: its own data folder and its clock')
    .option('--json', 'print one JSON document on standard output and nothing else')
    .addHelpText(
      'after',
      () => `\nExit codes:\n${exitCodeDocs.map(([code, text]) => `  ${code}  ${text}\n`).join('')}`,
    );
  addCharterCommands(program, terminal);
  addStaffCommands(program, terminal);
  addTokenCommands(program, terminal);
  addStreamCommands(program, terminal);
  addJournalCommand(program, terminal);
  addMemberCommands(program, terminal);
  addRightsCommands(program, terminal);
  addSubscribersCommand(program, terminal);
  addProcessCommands(program, terminal);
  addRebuildCommand(program, terminal);
  addCopyCommand(program, terminal);
  addBackupCommands(program, terminal);
  addRestoreCommand(program, terminal);
  addKeysCommands(program, terminal);
  addRetentionCommands(program, terminal);
  addCertificateCommands(program, terminal);
  addLedgerCommands(program, terminal);
  addDoctorCommand(program, terminal);
  addLeakScanCommand(program, terminal);
  settle(program, terminal);
  return program;
}

/** Every command ends by an exception, never the process, and writes where the terminal says. */
function settle(command: Command, terminal: Terminal): void {
  command
    .exitOverride()
    .showHelpAfterError('(--help shows how)')
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) });
  for (const one of command.commands) settle(one, terminal);
}
