import type { Command } from 'commander';
import type { ReplayedEvent, ReplayRange } from '#application/temoin.js';
import type { AccessPurpose } from '#domain/access/events.js';
import { isSealed } from '#kernel/sealed.js';
import { toInstant } from '#kernel/time.js';
import { consult, consultOptions, requirePurpose, requireVerified } from '../consult.js';
import { type Context, show, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';

interface ShowOptions {
  readonly at?: string;
  readonly from?: string;
  readonly limit?: string;
  readonly open?: boolean;
  readonly purpose?: AccessPurpose;
  readonly as?: string;
}

export function addStreamCommands(program: Command, terminal: Terminal): void {
  const stream = program.command('stream').description('The events themselves');
  const replay = stream
    .command('show')
    .description('Replay one stream, as it is or as it was. Personal values stay sealed unless --open')
    .argument('<stream>', 'such as session-4q7z….1, member-k3f…, charter-association')
    .option('--at <date-time>', 'as it stood then (ISO 8601 with offset)')
    .option('--from <revision>', 'first revision to show')
    .option('--limit <number>', 'at most so many events')
    .option('--open', 'open personal values; needs --purpose and --as, and is recorded as a consultation');
  consultOptions(replay)
    .addHelpText(
      'after',
      '\nExamples:\n  temoin stream show charter-association\n  temoin stream show session-4q7z….1 --at 2026-06-02T10:00:00+02:00 --json\n  temoin stream show session-4q7z….1 --open --purpose dispute --as k3f…',
    )
    .action((name: string, options: ShowOptions, command: Command) =>
      withInstallation(terminal, command, {}, async (context) => {
        const range = rangeOf(options);
        const events = await collect(context, name, range);
        if (events.length === 0)
          throw new CliError(exitCodes.notFound, `There is no event in the stream ${name} then.`);
        const shown = options.open ? await opened(context, name, range, events, options) : events;
        show(context, { stream: name, events: shown.map(toJson) }, () => shown.map(toText).join('\n'));
      }),
    );
}

async function opened(
  context: Context,
  name: string,
  range: ReplayRange,
  events: readonly ReplayedEvent[],
  options: ShowOptions,
): Promise<readonly ReplayedEvent[]> {
  const members = new Set(events.map((one) => one.data.memberId).filter((one) => typeof one === 'string'));
  const sessionId = name.startsWith('session-') ? name.slice('session-'.length) : undefined;
  const what = sessionId === undefined ? 'member-file' : 'journal-entry';
  requirePurpose(options);
  requireVerified(context);
  for (const memberId of members) await consult(context, { memberId, sessionId, what }, options);
  return collect(context, name, { ...range, open: true });
}

async function collect({ temoin }: Context, name: string, range: ReplayRange): Promise<readonly ReplayedEvent[]> {
  const events: ReplayedEvent[] = [];
  for await (const event of temoin.stream(name, range)) events.push(event);
  return events;
}

function rangeOf({ at, from, limit }: ShowOptions): ReplayRange {
  const recordedUntil = at === undefined ? undefined : toInstant(at);
  if (at !== undefined && recordedUntil === undefined)
    throw new CliError(exitCodes.usage, '--at must be a date-time with an offset, such as 2026-06-02T10:00:00+02:00.');
  return {
    ...(recordedUntil === undefined ? {} : { recordedUntil }),
    ...(from === undefined ? {} : { from: wholeNumber('--from', from) }),
    ...(limit === undefined ? {} : { limit: wholeNumber('--limit', limit) }),
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CliError(exitCodes.usage, `${name} must be a whole number.`);
  return Number(text);
}

const toJson = ({ type, version, position, meta, data, personal }: ReplayedEvent) => ({
  type,
  version,
  revision: meta.revision,
  recordedAt: meta.recordedAt,
  actor: meta.actor,
  commandId: meta.commandId,
  eventId: meta.eventId,
  position,
  personal,
  data,
});

function toText({ type, version, meta, data }: ReplayedEvent): string {
  const fields = Object.entries(data).map(([name, value]) => `    ${name}: ${shortly(value)}\n`);
  return `${meta.revision}  ${type} v${version}  ${meta.recordedAt}  by ${meta.actor}\n${fields.join('')}`;
}

/** One line for a value: sealed, opened or plain. */
export function shortly(value: unknown): string {
  if (isSealed(value)) return `sealed under ${value.$sealed.cell}`;
  if (typeof value === 'object' && value !== null && 'state' in value) {
    const { state } = value as { readonly state: unknown };
    if (state === 'present' && 'value' in value) return JSON.stringify(value.value);
    if (state === 'erased' && 'erasedAt' in value) return `erased on ${value.erasedAt}`;
    if (state === 'unreadable' && 'fault' in value) return `unreadable (${value.fault})`;
  }
  const text = JSON.stringify(value) ?? '';
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}
