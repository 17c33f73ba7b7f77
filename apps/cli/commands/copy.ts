import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { CopyError, type CopyProgress } from '#application/copy/copy-error.js';
import { copyEvents } from '#application/copy/copy-events.js';
import type { Configuration } from '../../composition/configuration.js';
import { isServiceRunning } from '../../composition/service-lock.js';
import { chooseStore, describeStore } from '../../composition/store-choice.js';
import { openEventStore } from '../../composition/stores.js';
import { configurationOf, type GlobalOptions, show } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { progress, type Terminal } from '../terminal.js';

interface CopyCommandOptions extends GlobalOptions {
  readonly from?: string;
  readonly to: string;
  readonly fromPasswordFile?: string;
  readonly toPasswordFile?: string;
}

type EventStoreChoice = Configuration['eventStore'];

export function addCopyCommand(program: Command, terminal: Terminal): void {
  program
    .command('copy')
    .description(
      'Copy all events into another event store: bytes, ids, revisions and the one order. Interrupted, the same command goes on. At the end both are read again and compared',
    )
    .requiredOption('--to <url>', 'sqlite://FILE, esdb://USER@HOST:2113 or esdb+discover://…')
    .option('--from <url>', 'the same (default: the event store of the configuration)')
    .option('--to-password-file <file>', 'the password of the user that --to names')
    .option('--from-password-file <file>', 'the password of the user that --from names')
    .addHelpText(
      'after',
      `
Stop the service first: what it appends behind the copy's end stays behind. Afterwards point TEMOIN_EVENT_STORE at the
copy and start with an empty view store: views are built again, since their positions are the other log's. Keys stay
where they are.

Exit code 3 when the target holds other events, 1 when the copy reads back otherwise.

Examples:
  temoin copy --to 'esdb://temoin@es.example:2113' --to-password-file /run/secrets/es
  temoin copy --from 'esdb://127.0.0.1:2113?tls=false' --to sqlite:///srv/temoin/events.sqlite`,
    )
    .action(async (_options: object, command: Command) => {
      const options = command.optsWithGlobals<CopyCommandOptions>();
      const config = configurationOf(terminal, options);
      const from =
        options.from === undefined ? config.eventStore : await given('from', options.from, options.fromPasswordFile);
      const to = await given('to', options.to, options.toPasswordFile);
      if (describeStore(from) === describeStore(to)) throw usage('--from and --to are the same event store.');
      await requireSource(from);
      if (from === config.eventStore && serves(config))
        terminal.err(
          'A service runs on this data folder: what it appends after the copy has ended stays behind. Stop it, and repeat: only what is new is copied.\n',
        );
      const report = await copied(terminal, from, to);
      show(
        { terminal, json: options.json === true },
        { ...report, from: describeStore(from), to: describeStore(to) },
        () =>
          [
            `${report.events} events in both, ${report.copied} copied now.`,
            `Both read again and compared: SHA-256 ${report.digest}`,
            'Next: point TEMOIN_EVENT_STORE at the copy, and start with an empty view store.\n',
          ].join('\n'),
      );
    });
}

async function copied(terminal: Terminal, from: EventStoreChoice, to: EventStoreChoice) {
  const source = await openEventStore(from);
  try {
    const target = await openEventStore(to);
    const bar = progress(terminal);
    const tell = ({ phase, events }: CopyProgress) => bar.tell(`${PHASES[phase]}: ${events} events`);
    try {
      return await copyEvents({ from: source, to: target, onProgress: tell });
    } catch (error) {
      if (!(error instanceof CopyError)) throw error;
      throw new CliError(error.code === 'other-events' ? exitCodes.refused : exitCodes.failure, error.message, {
        code: error.code,
      });
    } finally {
      bar.end();
      await target.close();
    }
  } finally {
    await source.close();
  }
}

const PHASES = { compare: 'Comparing what is there', copy: 'Copying', verify: 'Comparing both' } as const;

async function given(side: 'from' | 'to', url: string, passwordFile: string | undefined): Promise<EventStoreChoice> {
  if (!/^(sqlite|esdb|esdb\+discover):\/\/./.test(url))
    throw usage(`--${side} must start with sqlite://, esdb:// or esdb+discover://, and name a place.`);
  return chooseStore({
    name: `--${side}`,
    passwordName: `--${side}-password-file`,
    url,
    passwordFile,
    file: '',
    database: '',
  }) as EventStoreChoice;
}

/** Opening a file that is not there would make an empty event store, and copying that would look like success. */
async function requireSource(from: EventStoreChoice): Promise<void> {
  if (from.engine !== 'sqlite') return;
  await stat(from.file).catch(() => {
    throw new CliError(exitCodes.notFound, `There is no event store ${from.file}.`);
  });
}

function serves(config: Configuration): boolean {
  try {
    return isServiceRunning(config.data);
  } catch {
    return false;
  }
}

const usage = (message: string): CliError => new CliError(exitCodes.usage, message);
