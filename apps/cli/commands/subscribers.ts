import type { Command } from 'commander';
import { subscribersOf } from '#views/subscriber-queries.js';
import { type SubscriberDocument, subscribersView } from '#views/subscribers.js';
import { show, withInstallation } from '../context.js';
import { columns, type Terminal } from '../terminal.js';

/** Recipients of the feed and where each stands. References, codes and times: no name, purpose or address is opened. */
export function addSubscribersCommand(program: Command, terminal: Terminal): void {
  program
    .command('subscribers')
    .description('Outside bodies that are given the feed (charter 4.2 b): what each was given, and what fails')
    .option('--all', 'ended ones too')
    .addHelpText('after', '\nExamples:\n  temoin subscribers\n  temoin subscribers --all --json')
    .action((options: { all?: boolean }, command: Command) =>
      withInstallation(terminal, command, { views: [subscribersView.schema.name] }, async (context) => {
        const found = await subscribersOf(context.temoin);
        const items = found.filter(({ standing }) => options.all === true || standing !== 'ended').map(lineOf);
        show(context, { items }, () =>
          items.length === 0
            ? 'No subscribers: nothing leaves to anybody.\n'
            : columns([
                ['SUBSCRIBER', 'AGREEMENT', 'TOPICS', 'DELIVERED', 'LAST', 'FAILED', 'NEXT', ''],
                ...items.map((one) => [
                  one.subscriberId,
                  one.agreementOn,
                  one.topics.join(','),
                  String(one.eventsDelivered),
                  one.delivered?.at ?? '',
                  one.lastFault === undefined
                    ? ''
                    : `${one.attempts} × ${one.lastFault} ${one.lastStatus ?? ''}`.trim(),
                  one.nextAt ?? '',
                  one.pausedFor === undefined ? one.standing : `${one.standing} (${one.pausedFor})`,
                ]),
              ]),
        );
      }),
    );
}

const lineOf = ({ name: _, purpose: __, address: ___, ...line }: SubscriberDocument) => line;
