import type { Command } from 'commander';
import type { EventStore } from '#ports/event-store/event-store.js';
import type { CertifiedDestruction, LoggedDestruction } from '#vault/boot-gate.js';
import { rebuildLedger } from '#vault/rebuild-ledger.js';
import { certifiedDestructions } from '../../composition/certified-destructions.js';
import { machineClock } from '../../composition/clocks.js';
import { isOnVolumeOfData, ledgerOptions, openLedger, SAME_VOLUME } from '../../composition/erasure-ledger.js';
import { openInstallation } from '../../composition/installation.js';
import { loggedDestructions, passGate } from '../../composition/pass-gate.js';
import { confirm, show, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { type Files, filesOf } from '../installation-files.js';
import { columns, type Terminal } from '../terminal.js';

export function addLedgerCommands(program: Command, terminal: Terminal): void {
  const ledger = program
    .command('ledger')
    .description('The erasure ledger: what must stay destroyed, whatever backup is put back');
  ledger
    .command('verify')
    .description('Check every line of the ledger, and reconcile vault, log and ledger as every start does')
    .addHelpText('after', '\nExit code 1 when nothing may be opened.\n\nExample:\n  temoin ledger verify')
    .action((_options: object, command: Command) =>
      withInstallation(terminal, command, {}, async (context) => {
        const { gate, ledger: file, config } = context.installation;
        const reading = await file.read();
        const entries = reading.state === 'sound' ? reading.notes.length : 0;
        const sameVolume = (await isOnVolumeOfData(config)) === true;
        show(context, { where: file.where, state: reading.state, entries, sameVolume, gate }, () =>
          columns([
            ['ledger', file.where],
            ['state', reading.state],
            ['entries', String(entries)],
            ['destroyed again', String(gate.destroyedAgain.length)],
            ['unknown to the log', String(gate.forgottenByLog.length)],
            ['to be finished', String(gate.pending.length)],
            ...(sameVolume ? [['note', SAME_VOLUME]] : []),
          ]),
        );
        if (gate.fault !== undefined) throw new CliError(exitCodes.failure, gate.says, { fault: gate.fault });
      }),
    );
  ledger
    .command('rebuild')
    .description('Make the ledger anew from its trusted beginning, the log and the vault; the old file is put aside')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nOnly when the ledger is lost for good. Stop the service first.\n\nExample:\n  temoin ledger rebuild',
    )
    .action((options: { yes?: boolean }, command: Command) =>
      rebuild(filesOf(terminal, command), options.yes === true),
    );
}

const LOSS =
  'What only the lost ledger knew is not found again: cells destroyed after the backup that this log and vault come from would live on.';

async function rebuild(files: Files, yes: boolean): Promise<void> {
  const { terminal, json, config } = files;
  const installation = await openInstallation(config, { lock: true, create: false, project: false });
  try {
    const { record, signer, stores, gate } = installation;
    if (gate.fault === undefined) {
      show(files, { rebuilt: false }, () => 'The ledger is sound. Nothing was changed.\n');
      return;
    }
    if (gate.fault === 'ledger-unavailable') throw new CliError(exitCodes.unavailable, gate.says);
    if (!json) terminal.err(`${gate.says}\n${LOSS}\n`);
    if (!yes && !(await confirm(files, 'Rebuild the ledger?')))
      throw new CliError(exitCodes.refused, 'Nothing was changed.');
    const certified = await certifiedDestructions(config, signer);
    const report = await rebuildLedger({
      file: ledgerOptions(config, record, signer),
      keyVault: stores.keyVault,
      logged: everyDestruction(stores.eventStore, certified),
      stamp: machineClock.now(),
    });
    const after = await passGate(stores, openLedger(config, record, signer), certified);
    show(files, { rebuilt: true, ...report, fault: after.fault ?? null }, () =>
      columns([
        ['from the old ledger', String(report.fromLedger)],
        ['from the log', String(report.fromLog)],
        ['from the vault', String(report.fromVault)],
        ['old file', report.aside ?? 'none'],
      ]),
    );
    if (after.fault !== undefined) throw new CliError(exitCodes.failure, after.says);
  } finally {
    await installation.close();
  }
}

/** What the log tells of, then what only a certificate does. */
async function* everyDestruction(
  eventStore: EventStore,
  certified: readonly CertifiedDestruction[],
): AsyncGenerator<LoggedDestruction> {
  yield* loggedDestructions(eventStore);
  yield* certified.filter((one) => one.isGenuine());
}
