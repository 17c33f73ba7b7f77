import type { Command } from 'commander';
import {
  type AcknowledgementLine,
  acknowledgementViews,
  listAcknowledgements,
} from '#views/charter-acknowledgement-queries.js';
import { charterInForce } from '#views/charters.js';
import { localDayOf } from '#views/local-day.js';
import { type Context, show, viewDeps, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { columns, type Terminal } from '../terminal.js';

const VIEWS = { views: acknowledgementViews.map(({ schema }) => schema.name) };

/** Who has accepted a version of the charter and who has not, by reference: names are read in the member's file. */
export function addCharterAccepted(charter: Command, terminal: Terminal): void {
  charter
    .command('accepted')
    .description('Which members have accepted a version, and which have not; nobody is named')
    .argument('[version]', 'its id', 'current')
    .option('--missing', 'only those who have not')
    .addHelpText('after', '\nExamples:\n  temoin charter accepted\n  temoin charter accepted 4q7z… --missing --json')
    .action((version: string, options: { missing?: boolean }, command: Command) =>
      withInstallation(terminal, command, VIEWS, (context) => accepted(context, version, options.missing === true)),
    );
}

async function accepted(context: Context, version: string, missing: boolean): Promise<void> {
  const { viewStore, opener, now } = viewDeps(context);
  const id = version === 'current' ? (await charterInForce({ viewStore }, localDayOf(now)))?.charterVersionId : version;
  const items: Omit<AcknowledgementLine, 'name'>[] = [];
  let told: Awaited<ReturnType<typeof listAcknowledgements>>;
  let cursor: string | undefined;
  do {
    const page = { limit: 200, ...(missing ? { state: 'missing' as const } : {}), ...(cursor ? { cursor } : {}) };
    told = id === undefined ? undefined : await listAcknowledgements({ viewStore, opener, now }, id, page);
    if (told === undefined)
      throw new CliError(exitCodes.notFound, 'There is no such version. See: temoin charter show');
    items.push(...told.items.map(({ name: _, ...line }) => line));
    cursor = told.next;
  } while (cursor !== undefined);
  const { charterVersionId, effectiveFrom, counts } = told;
  show(context, { charterVersionId, effectiveFrom, counts, items }, () =>
    [
      `${charterVersionId}, in force from ${effectiveFrom}: ${counts.given} accepted, ${counts.missing} not yet\n`,
      columns([
        ['MEMBER', 'STATE', 'WHEN', 'LAST ACCEPTED', 'NOTICE'],
        ...items.map(({ memberId, state, accepted: one, last, notice }) => [
          memberId,
          state,
          one?.at ?? '',
          last?.charterVersionId ?? '',
          notice?.standing ?? '',
        ]),
      ]),
    ].join(''),
  );
}
