import { type Command, InvalidArgumentError } from 'commander';
import type { RebuildProgress, RebuildReport } from '#application/temoin.js';
import { allViews } from '#views/all-views.js';
import { askForRebuild } from '../../composition/rebuild-line.js';
import { SetupFault } from '../../composition/setup-fault.js';
import { configurationOf, type GlobalOptions, show, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { progress, type Terminal } from '../terminal.js';

const names = allViews.map((view) => view.schema.name);

export function addRebuildCommand(program: Command, terminal: Terminal): void {
  program
    .command('rebuild')
    .description(
      'Build a view again from the events beside the live one, compare them document by document, and swap; a running service does it itself',
    )
    .argument('<view>', `one of ${names.join(', ')}`, (text) => {
      if (names.includes(text)) return text;
      throw new InvalidArgumentError(`Views: ${names.join(', ')}.`);
    })
    .addHelpText(
      'after',
      '\nExit code 1 when the live view differed from its events; the rebuilt one is in its place all the same.\n\nExample:\n  temoin rebuild journal',
    )
    .action(async (view: string, _options: object, command: Command) => {
      const bar = progress(terminal);
      const tell = ({ events, eventsPerSecond }: RebuildProgress) =>
        bar.tell(`${view}: ${events} events, ${Math.round(eventsPerSecond)} a second`);
      const report = await rebuild(terminal, command, view, tell);
      bar.end();
      const { events, documents, seconds, differences, parked } = report;
      const rate = seconds > 0 ? Math.round(events / seconds) : events;
      const json = command.optsWithGlobals<GlobalOptions>().json === true;
      show({ terminal, json }, { ...report, eventsPerSecond: rate }, () =>
        [
          `${view}: ${events} events, ${documents} documents, ${seconds.toFixed(1)} s, ${rate} events a second`,
          ...differences.map((one) => `  ${one.kind}: ${one.collection}/${one.id}`),
          ...parked.map((one) => `  parked: ${one.stream} at revision ${one.revision} (${one.type}: ${one.fault})`),
          differences.length === 0 ? 'The live view was the same.\n' : '',
        ].join('\n'),
      );
      if (differences.length + parked.length > 0)
        throw new CliError(
          exitCodes.failure,
          `${differences.length} documents of the live view differed, ${parked.length} streams are left out. The rebuilt view is in its place.`,
        );
    });
}

/** Here, as the only one on the folder; where a service runs, that service does it, since it alone can hold its projection. */
async function rebuild(
  terminal: Terminal,
  command: Command,
  view: string,
  tell: (progress: RebuildProgress) => void,
): Promise<RebuildReport> {
  const { data } = configurationOf(terminal, command.optsWithGlobals<GlobalOptions>());
  for (let tries = 1; ; tries += 1) {
    try {
      return await withInstallation(terminal, command, { lock: true }, ({ temoin }) => temoin.rebuild(view, tell));
    } catch (error) {
      if (!(error instanceof SetupFault && error.code === 'already-running')) throw error;
    }
    const answered = await askForRebuild(data, view, tell);
    if (answered.outcome === 'rebuilt') return answered.report;
    if (answered.outcome !== 'nobody' || tries === TRIES)
      throw new CliError(exitCodes.unavailable, reasons[answered.outcome], answered);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
  }
}

/** A service that is just starting holds the folder before it answers. */
const TRIES = 12;
const BETWEEN_TRIES_MS = 250;

const reasons = {
  nobody:
    'A service or another rebuild holds this data folder, and does not answer. Only whoever projects the events can rebuild a view: stop it first, or wait, then repeat.',
  failed:
    'The service that runs on this data folder could not rebuild the view; the live one is untouched. See: temoin doctor',
  cut: 'The service stopped before it had finished. Repeat.',
} as const;
