import type { Command } from 'commander';
import { startComplaintHolds } from '#application/complaint-hold/complaint-holds.js';
import type { LocalDate } from '#kernel/time.js';
import { chartersView } from '#views/charters.js';
import { plusDays, plusMonths } from '#views/local-day.js';
import { retentionView } from '#views/retention.js';
import { listRetentionRuns, retentionCalendar } from '#views/retention-queries.js';
import { retentionOf } from '../../composition/nightly-run.js';
import { isServiceRunning } from '../../composition/service-lock.js';
import { type Context, show, viewDeps, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { columns, type Terminal } from '../terminal.js';
import { dayOf } from './staff.js';

const views = [retentionView.schema.name, chartersView.schema.name];

export function addRetentionCommands(program: Command, terminal: Terminal): void {
  const retention = program
    .command('retention')
    .description('How long what is kept, and what leaves; the service runs it every night by itself');
  retention
    .command('plan')
    .description('What leaves until the end of a month, and why something stays. Changes nothing')
    .option('--month <month>', 'YYYY-MM (default: the present month)')
    .addHelpText('after', '\nExample:\n  temoin retention plan --month 2027-06')
    .action((options: { month?: string }, command: Command) =>
      withInstallation(terminal, command, { views }, async (context) => {
        const until = options.month === undefined ? {} : { until: lastDayOf(options.month) };
        const calendar = await retentionCalendar(viewDeps(context), until);
        show(context, calendar, () =>
          columns([
            ['LEAVES ON', 'STATE', 'WHAT', 'MEMBER', 'WHY IT STAYS'],
            ...calendar.items.map((one) => [
              one.purgeDay,
              one.state,
              `${one.kind} ${one.id}`,
              one.memberId,
              one.hold ? `${one.hold.ground}, review ${one.hold.reviewOn}, until ${one.hold.outerBound} at most` : '',
            ]),
          ]),
        );
      }),
    );
  retention
    .command('run')
    .description(
      'Destroy what is at the end of its period by a day; what is held stays. The same day again changes nothing',
    )
    .option('--dry', 'only say what the run would take and leave')
    .option('--day <date>', 'YYYY-MM-DD (default: today); to come only with --dry')
    .addHelpText('after', '\nExamples:\n  temoin retention run --dry --day 2027-07-01\n  temoin retention run')
    .action((options: { dry?: boolean; day?: string }, command: Command) =>
      withInstallation(terminal, command, { views }, (context) => run(context, options)),
    );
  retention
    .command('runs')
    .description('Past runs with their numbers, latest first')
    .addHelpText('after', '\nExample:\n  temoin retention runs --json')
    .action((_options: object, command: Command) =>
      withInstallation(terminal, command, { views }, async (context) => {
        const { items } = await listRetentionRuns({ viewStore: context.temoin.viewStore }, { limit: 100 });
        show(context, { items }, () =>
          columns([
            ['DAY', 'DUE', 'DESTROYED', 'HELD', 'FAILED', 'COMPLETED'],
            ...items.map((one) => [
              one.day,
              ...[one.due, one.destroyed, one.held, one.failed].map(String),
              one.completedAt,
            ]),
          ]),
        );
      }),
    );
}

async function run(context: Context, options: { readonly dry?: boolean; readonly day?: string }): Promise<void> {
  const { installation, terminal, json } = context;
  const work = retentionOf(installation);
  const day = dayOf(options.day) ?? work.today();
  if (options.dry) {
    const items = await work.plan(day);
    const held = items.filter(({ standing }) => standing === 'held').length;
    show(context, { dry: true, day, due: items.length, held, items }, () =>
      columns([
        ['WHAT', 'MEMBER', 'STANDING', 'WHY IT STAYS'],
        ...items.map((one) => [
          `${one.kind} ${one.id}`,
          one.memberId,
          one.standing,
          one.hold ? `${one.hold.ground}, until ${one.hold.outerBound} at most` : '',
        ]),
      ]),
    );
    return;
  }
  if (day > work.today())
    throw new CliError(exitCodes.usage, 'This day has not come: nothing is destroyed before its day. See --dry.');
  await holdsFirst(context);
  const report = await work.run(day);
  // beside a service its own process reads back and certifies
  const alone = !isServiceRunning(installation.config.data);
  const unfinished = alone && !report.repeated ? await installation.erasing.erasure.finish() : [];
  show(context, { dry: false, ...report, unfinished }, () =>
    report.repeated
      ? `The run for ${day} was through already.\n`
      : `${day}: ${report.due} due, ${report.destroyed} destroyed, ${report.held} held, ${report.failed} failed\n`,
  );
  if (report.failed > 0 && !json) terminal.err('What failed is taken up again by the next run.\n');
  if (unfinished.length > 0)
    throw new CliError(exitCodes.failure, `${unfinished.length} destructions are not read back yet: temoin doctor`);
}

/** A complaint that was filed just before has its hold before anything is taken. */
async function holdsFirst({ temoin, terminal }: Context): Promise<void> {
  const onAlarm = () => terminal.err('A complaint’s hold could not be placed. See: temoin doctor\n');
  const holds = startComplaintHolds({ temoin, onAlarm });
  try {
    await holds.settled();
  } finally {
    await holds.stop();
  }
}

function lastDayOf(month: string): LocalDate {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new CliError(exitCodes.usage, 'A month is written YYYY-MM, for example 2027-06.');
  return plusDays(plusMonths(`${month}-01` as LocalDate, 1), -1);
}
