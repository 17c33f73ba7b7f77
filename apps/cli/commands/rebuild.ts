import { type Command, InvalidArgumentError } from 'commander';
import { allViews } from '#views/all-views.js';
import { show, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { progress, type Terminal } from '../terminal.js';

const names = allViews.map((view) => view.schema.name);

export function addRebuildCommand(program: Command, terminal: Terminal): void {
  program
    .command('rebuild')
    .description('Build a view again from the events beside the live one, compare them document by document, and swap')
    .argument('<view>', `one of ${names.join(', ')}`, (text) => {
      if (names.includes(text)) return text;
      throw new InvalidArgumentError(`Views: ${names.join(', ')}.`);
    })
    .addHelpText(
      'after',
      '\nExit code 1 when the live view differed from its events; the rebuilt one is in its place all the same.\n\nExample:\n  temoin rebuild journal',
    )
    .action((view: string, _options: object, command: Command) =>
      withInstallation(terminal, command, {}, async (context) => {
        const bar = progress(terminal);
        const report = await context.temoin.rebuild(view, ({ events, eventsPerSecond }) =>
          bar.tell(`${view}: ${events} events, ${Math.round(eventsPerSecond)} a second`),
        );
        bar.end();
        const { events, documents, seconds, differences, parked } = report;
        const rate = seconds > 0 ? Math.round(events / seconds) : events;
        show(context, { ...report, eventsPerSecond: rate }, () =>
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
      }),
    );
}
