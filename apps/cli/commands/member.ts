import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { exportText, memberExportJsonSchema, portablePart } from '#application/member-export/export-data.js';
import { exportHtml } from '#application/member-export/export-html.js';
import { EXPORT_DAYS } from '#domain/access/decide.js';
import { memberExportsView } from '#views/member-exports.js';
import { staffView } from '#views/staff.js';
import { subscribersView } from '#views/subscribers.js';
import { tokensView } from '#views/tokens.js';
import { giverOf } from '../consult.js';
import { type Context, show, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { give } from '../give-command.js';
import type { Terminal } from '../terminal.js';

interface ExportOptions {
  readonly out: string;
  readonly as: string;
  readonly rights?: string;
  readonly days: number;
  readonly mask: readonly string[];
}

const VIEWS = [tokensView, staffView, memberExportsView, subscribersView].map(({ schema }) => schema.name);

export function addMemberCommands(program: Command, terminal: Terminal): void {
  const member = program.command('member').description('What is held on one member');
  member
    .command('export <memberId>')
    .description(
      'Put together everything held on a member (GDPR 15, 20): a page in French, JSON, what the member provided, and the schema',
    )
    .requiredOption('--out <dir>', 'where the readable files go; made when it is not there, outside the data folder')
    .requiredOption('--as <staffId>', 'who answers the member: the Director, a delegate or the President')
    .option('--rights <rightsId>', 'the case in which the member asked')
    .option('--days <number>', 'for how many days the sealed copy stays', daysOf, EXPORT_DAYS)
    .option('--mask <place>', 'a text about somebody else, <eventId>.<field>; may be repeated', collect, [])
    .addHelpText(
      'after',
      '\nThe files are readable by whoever has them: hand them over, then delete them.\n\nExamples:\n  temoin member export 4q7z… --as k3f… --out ~/copie\n  temoin member export 4q7z… --as k3f… --out ~/copie --rights m2c… --mask 6f0c….description',
    )
    .action((memberId: string, options: ExportOptions, command: Command) =>
      withInstallation(terminal, command, { views: VIEWS }, (context) => exportMember(context, memberId, options)),
    );
}

async function exportMember(context: Context, memberId: string, options: ExportOptions): Promise<void> {
  const { temoin, installation } = context;
  const { memberExports, config } = installation;
  const folder = resolve(options.out);
  await refuseInside(folder, config.data);
  const giver = await giverOf(context, options.as);
  const exportId = temoin.ids.newId(temoin.ids.freshCommandId(), 'export');
  const { days, mask, rights } = options;
  const prepared = await memberExports.prepare({ memberId, exportId, days, mask });
  if (prepared.state === 'member-unknown') throw new CliError(exitCodes.notFound, 'There is no such member.');
  if (prepared.state === 'unreadable')
    throw new CliError(exitCodes.unavailable, 'Some of the member’s values cannot be read now. See: temoin doctor');
  const { sha256, expiresAt } = prepared;
  const about = rights === undefined ? {} : { rightsId: rights };
  const issue = { type: 'IssueMemberExport', memberId, exportId, sha256, expiresAt, ...about };
  await give(context, `access-${memberId}`, issue, { giver }).catch(async (error: unknown) => {
    if (error instanceof CliError) await memberExports.discard(exportId);
    throw error;
  });
  const found = await memberExports.read(exportId);
  if (found.state !== 'whole')
    throw new CliError(exitCodes.failure, `The copy was issued and cannot be read (${found.state}). Make a new one.`);
  const files = [
    [`copie-des-donnees_${exportId}.html`, exportHtml(found.exported, frenchCivilTime())],
    [`copie-des-donnees_${exportId}.json`, found.text],
    [`donnees-fournies_${exportId}.json`, exportText(portablePart(found.exported))],
    ['copie-des-donnees.schema.json', `${JSON.stringify(memberExportJsonSchema(), null, 2)}\n`],
  ] as const;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, text] of files) await writeFile(join(folder, name), text, { mode: 0o600 });
  const written = files.map(([name]) => join(folder, name));
  show(
    context,
    { exportId, sha256, expiresAt, files: written },
    () =>
      `${written.join('\n')}\n\nCopy ${exportId}, kept sealed until ${expiresAt}.\nThese files are readable by whoever has them: hand them over, then delete them.\n`,
  );
}

/** Readable personal data never lies among what is sealed and backed up. */
async function refuseInside(folder: string, data: string): Promise<void> {
  const way = relative(resolve(data), folder);
  if (way === '' || (!way.startsWith('..') && way !== folder))
    throw new CliError(exitCodes.usage, 'Name a folder outside the data folder: these files are readable.');
  const there = await stat(folder).catch(() => undefined);
  if (there !== undefined && !there.isDirectory())
    throw new CliError(exitCodes.usage, `${folder} is not a folder. Name another one with --out.`);
}

function daysOf(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > EXPORT_DAYS)
    throw new InvalidArgumentError(`a whole number from 1 to ${EXPORT_DAYS}`);
  return days;
}

const collect = (place: string, before: readonly string[]): readonly string[] => {
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,79}\.[A-Za-z]{1,40}$/.test(place))
    throw new InvalidArgumentError('of the form <eventId>.<field>');
  return [...before, place];
};
