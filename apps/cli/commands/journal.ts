import type { Command } from 'commander';
import { type AccessPurpose } from '#domain/access/events.js';
import type { Opened } from '#kernel/sealed.js';
import { journalView } from '#views/journal.js';
import { getSession, type JournalLine, listJournal } from '#views/journal-queries.js';
import { membersView } from '#views/members.js';
import { consult, consultOptions } from '../consult.js';
import { type Context, show, viewDeps, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { columns, type Terminal } from '../terminal.js';
import { dayOf } from './staff.js';

interface JournalOptions {
  readonly member?: string;
  readonly technician?: string;
  readonly deviation?: string;
  readonly from?: string;
  readonly to?: string;
  readonly purpose?: AccessPurpose;
  readonly as?: string;
}

const VIEWS = [journalView.schema.name, membersView.schema.name];

export function addJournalCommand(program: Command, terminal: Terminal): void {
  const journal = program
    .command('journal')
    .description('The support journal (charter 8.1): the list of sessions, or one entry opened')
    .argument('[sessionId]', 'show this entry with everything it says; needs --purpose and --as, and is recorded')
    .option('--member <id>', 'only sessions of this member')
    .option('--technician <id>', 'only sessions of this technician')
    .option('--deviation <code>', 'only sessions with this deviation, such as overrun')
    .option('--from <date>', 'from this day on, YYYY-MM-DD, Europe/Paris')
    .option('--to <date>', 'up to this day, included');
  consultOptions(journal)
    .addHelpText(
      'after',
      '\nExamples:\n  temoin journal --from 2026-06-01 --to 2026-06-30\n  temoin journal 4q7z….1 --purpose dispute --as k3f… --json',
    )
    .action((sessionId: string | undefined, options: JournalOptions, command: Command) =>
      withInstallation(terminal, command, { views: VIEWS }, (context) =>
        sessionId === undefined ? list(context, options) : entry(context, sessionId, options),
      ),
    );
}

async function list(context: Context, options: JournalOptions): Promise<void> {
  const from = dayOf(options.from);
  const to = dayOf(options.to);
  const items: Omit<JournalLine, 'member'>[] = [];
  let cursor: string | undefined;
  do {
    const page = await listJournal(viewDeps(context), {
      limit: 200,
      ...(options.member === undefined ? {} : { memberId: options.member }),
      ...(options.technician === undefined ? {} : { technicianId: options.technician }),
      ...(options.deviation === undefined ? {} : { deviation: options.deviation }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    // the list names nobody: a name is personal data, and opening it has to be recorded
    for (const { member: _, ...line } of page.items) items.push(line);
    cursor = page.next;
  } while (cursor !== undefined);
  show(context, { items }, () =>
    columns([
      ['SESSION', 'DAY', 'STATUS', 'MINUTES', 'OUTCOME', 'MEMBER', 'DEVIATIONS'],
      ...items.map((one) => [
        one.sessionId,
        one.localDay ?? '',
        one.status,
        one.activeMinutes === undefined ? '' : String(one.activeMinutes),
        one.outcome ?? '',
        one.memberId,
        one.deviations.join(' '),
      ]),
    ]),
  );
}

async function entry(context: Context, sessionId: string, options: JournalOptions): Promise<void> {
  const document = await context.temoin.viewStore.get(journalView.schema, 'sessions', sessionId);
  const memberId = document?.memberId;
  if (typeof memberId !== 'string')
    throw new CliError(exitCodes.notFound, 'The journal has no session under this reference.');
  await consult(context, { memberId, sessionId, what: 'journal-entry' }, options);
  const file = await getSession(viewDeps(context), sessionId);
  if (!file) throw new CliError(exitCodes.notFound, 'The journal has no session under this reference.');
  show(context, file, () => outline(file.session, 0));
}

/** Any document as indented lines, with the three answers of a sealed value in words. */
export function outline(value: unknown, depth: number): string {
  const pad = '  '.repeat(depth);
  if (typeof value !== 'object' || value === null) return `${pad}${String(value)}\n`;
  return Object.entries(value)
    .map(([name, part]) => {
      const words = inWords(part);
      if (words !== undefined) return `${pad}${name}: ${words}\n`;
      return Object.keys(part as object).length === 0 ? '' : `${pad}${name}:\n${outline(part, depth + 1)}`;
    })
    .join('');
}

function inWords(part: unknown): string | undefined {
  if (typeof part !== 'object' || part === null) return String(part);
  if (Array.isArray(part)) return part.every((one) => typeof one !== 'object') ? part.join(', ') : undefined;
  const opened = part as Partial<Opened<unknown>>;
  if (opened.state === 'present' && 'value' in opened) return String(opened.value);
  if (opened.state === 'erased' && 'erasedAt' in opened) return `erased on ${opened.erasedAt}`;
  if (opened.state === 'unreadable' && 'fault' in opened) return `unreadable (${opened.fault})`;
  return undefined;
}
