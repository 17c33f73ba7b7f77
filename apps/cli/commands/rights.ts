import type { Command } from 'commander';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { closuresView } from '#views/closures.js';
import { type HoldLine, holdsView, listHolds } from '#views/holds.js';
import { membersView } from '#views/members.js';
import type { ListAnswer } from '#views/query.js';
import { rightsView } from '#views/rights.js';
import { listRights, type RightsLine } from '#views/rights-queries.js';
import { show, viewDeps, withInstallation } from '../context.js';
import { columns, type Terminal } from '../terminal.js';

/** What waits for an answer, and what may not be destroyed. References and days: nothing of what was said is opened. */
export function addRightsCommands(program: Command, terminal: Terminal): void {
  program
    .command('rights')
    .description('Rights requests (GDPR 15–21) with their last days, most urgent first')
    .option('--all', 'closed and withdrawn ones too')
    .addHelpText('after', '\nExamples:\n  temoin rights\n  temoin rights --all --json')
    .action((options: { all?: boolean }, command: Command) =>
      withInstallation(
        terminal,
        command,
        { views: namesOf(rightsView, membersView, closuresView) },
        async (context) => {
          const open = options.all === true ? {} : { open: true };
          const deps = { ...viewDeps(context), civilTime: frenchCivilTime() };
          const lines = await everyPage<RightsLine>((page) => listRights(deps, { ...open, ...page }));
          // the list names nobody: a name is personal data, and opening it has to be recorded
          const items = lines.map(({ member: _, ...line }) => line);
          show(context, { items }, () =>
            columns([
              ['CASE', 'RIGHT', 'STAGE', 'RECEIVED', 'DUE', 'DAYS LEFT', ''],
              ...items.map((one) => [
                one.rightsId,
                one.kind,
                one.stage,
                one.receivedAt,
                one.dueOn,
                String(one.clock.daysLeft ?? ''),
                one.clock.late ? 'LATE' : '',
              ]),
            ]),
          );
        },
      ),
    );
  program
    .command('holds')
    .description('Legal holds, next review first')
    .option('--all', 'released ones too')
    .addHelpText('after', '\nExamples:\n  temoin holds\n  temoin holds --all --json')
    .action((options: { all?: boolean }, command: Command) =>
      withInstallation(terminal, command, { views: namesOf(holdsView) }, async (context) => {
        const live = options.all === true ? {} : { state: 'live' as const };
        const items = await everyPage<HoldLine>((page) => listHolds(viewDeps(context), { ...live, ...page }));
        show(context, { items }, () =>
          columns([
            ['HOLD', 'MEMBER', 'GROUND', 'CELLS', 'REVIEW', 'AT MOST', ''],
            ...items.map((one) => [
              one.holdId,
              one.memberId,
              one.ground,
              String(one.cells.length),
              one.reviewOn,
              one.outerBound,
              one.outerBoundPassed ? 'PAST ITS BOUND' : one.reviewDue ? 'TO REVIEW' : one.state,
            ]),
          ]),
        );
      }),
    );
}

const namesOf = (...views: readonly { readonly schema: { readonly name: string } }[]): readonly string[] =>
  views.map(({ schema }) => schema.name);

async function everyPage<T>(
  ask: (page: { readonly limit: number; readonly cursor?: string }) => Promise<ListAnswer<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page: ListAnswer<T> = await ask({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}
