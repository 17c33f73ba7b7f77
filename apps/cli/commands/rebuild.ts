import { type Command, InvalidArgumentError } from 'commander';
import type { RebuildProgress, RebuildReport } from '#application/temoin.js';
import { allViews } from '#views/all-views.js';
import { askForRebuild } from '../../composition/rebuild-line.js';
import { SetupFault } from '../../composition/setup-fault.js';
import { configurationOf, type GlobalOptions, show, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { progress, type Terminal } from '../terminal.js';

const names = allViews.map((view) => view.schema.name);
const ALL = 'all';

export function addRebuildCommand(program: Command, terminal: Terminal): void {
  program
    .command('rebuild')
    .description(
      'Build views again from the events beside the live ones, compare them document by document, and swap; a running service does it itself',
    )
    .argument(
      '<view...>',
      `${ALL}, or some of ${names.join(', ')}; several are built in one pass over the events`,
      (text: string, before: readonly string[] | undefined) => {
        if (text === ALL) return names;
        if (names.includes(text)) return [...new Set([...(before ?? []), text])];
        throw new InvalidArgumentError(`Views: ${ALL}, ${names.join(', ')}.`);
      },
    )
    .addHelpText(
      'after',
      '\nExit code 1 when a live view differed from its events; the rebuilt one is in its place all the same.\n\nExamples:\n  temoin rebuild journal\n  temoin rebuild all',
    )
    .action(async (views: readonly string[], _options: object, command: Command) => {
      const bar = progress(terminal);
      const what = views.length === names.length ? 'all views' : views.join(', ');
      const tell = ({ events, eventsPerSecond }: RebuildProgress) =>
        bar.tell(`${what}: ${events} events, ${Math.round(eventsPerSecond)} a second`);
      const reports = (await rebuild(terminal, command, views, tell)).map(withRate);
      bar.end();
      const json = command.optsWithGlobals<GlobalOptions>().json === true;
      const [only] = reports;
      show({ terminal, json }, reports.length === 1 && only ? only : { views: reports }, () =>
        reports.map(linesOf).join('\n'),
      );
      const differences = reports.reduce((sum, one) => sum + one.differences.length, 0);
      const parked = reports.reduce((sum, one) => sum + one.parked.length, 0);
      if (differences + parked > 0)
        throw new CliError(
          exitCodes.failure,
          `${differences} documents of the live views differed, ${parked} streams are left out. The rebuilt views are in their place.`,
        );
    });
}

type Rated = RebuildReport & { readonly eventsPerSecond: number };
const withRate = (report: RebuildReport): Rated => ({
  ...report,
  eventsPerSecond: report.seconds > 0 ? Math.round(report.events / report.seconds) : report.events,
});

const linesOf = ({ view, events, documents, seconds, eventsPerSecond, differences, parked }: Rated): string =>
  [
    `${view}: ${events} events, ${documents} documents, ${seconds.toFixed(1)} s, ${eventsPerSecond} events a second`,
    ...differences.map((one) => `  ${one.kind}: ${one.collection}/${one.id}`),
    ...parked.map((one) => `  parked: ${one.stream} at revision ${one.revision} (${one.type}: ${one.fault})`),
    differences.length === 0 ? 'The live view was the same.\n' : '',
  ].join('\n');

/** Here, as the only one on the folder; where a service runs, that service does it, since it alone can hold its projection. */
async function rebuild(
  terminal: Terminal,
  command: Command,
  views: readonly string[],
  tell: (progress: RebuildProgress) => void,
): Promise<readonly RebuildReport[]> {
  const { data } = configurationOf(terminal, command.optsWithGlobals<GlobalOptions>());
  for (let tries = 1; ; tries += 1) {
    try {
      return await withInstallation(terminal, command, { lock: true }, ({ temoin }) => temoin.rebuildAll(views, tell));
    } catch (error) {
      if (!(error instanceof SetupFault && error.code === 'already-running')) throw error;
    }
    const answered = await askForRebuild(data, views, tell);
    if (answered.outcome === 'rebuilt') return answered.reports;
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
    'A service or another rebuild holds this data folder, and does not answer. Only whoever projects the events can rebuild views: stop it first, or wait, then repeat.',
  failed:
    'The service that runs on this data folder could not rebuild the views; those it had not reached are untouched. See: temoin doctor',
  cut: 'The service stopped before it had finished. Repeat.',
} as const;
