import type { Command } from 'commander';
import { isRole, type Role, roles } from '#domain/shared/facts.js';
import { plusMilliseconds } from '#kernel/time.js';
import { newTokenSecret, tokenHashOf } from '#nest-shell/identity/token-secret.js';
import { listTokens, type TokenSummary, tokensView } from '#views/tokens.js';
import { show, viewDeps, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { give } from '../give-command.js';
import { columns, type Terminal } from '../terminal.js';

const DAY = 86_400_000;

export function addTokenCommands(program: Command, terminal: Terminal): void {
  const token = program
    .command('token')
    .description('Access tokens of the API: bound to a person and roles, expiring, revocable');
  token
    .command('create')
    .description('Issue a token. It is printed once and kept nowhere: only its hash is stored')
    .requiredOption('--staff <id>', 'whose token it is (see: temoin staff add)')
    .requiredOption('--role <role...>', `one role or several: ${roles.join(', ')}`)
    .option('--days <number>', 'for how long it opens anything', '90')
    .addHelpText(
      'after',
      '\nExamples:\n  temoin token create --staff k3f… --role Administrator\n  TOKEN=$(temoin token create --staff k3f… --role Technician --role SupportLead --days 30)',
    )
    .action((options: { staff: string; role: readonly string[]; days: string }, command: Command) =>
      withInstallation(terminal, command, {}, async (context) => {
        const wanted = rolesOf(options.role);
        const { temoin } = context;
        const commandId = temoin.ids.freshCommandId();
        const tokenId = temoin.ids.newId(commandId, 'token');
        const secret = newTokenSecret();
        const expiresAt = plusMilliseconds(temoin.clock.now(), daysOf(options.days) * DAY);
        const issue = {
          type: 'IssueAccessToken',
          tokenId,
          tokenHash: tokenHashOf(secret),
          staffId: options.staff,
          roles: wanted,
          expiresAt,
        };
        await give(context, `token-${tokenId}`, issue, { commandId });
        show(
          context,
          { tokenId, token: secret, staffId: options.staff, roles: wanted, expiresAt },
          () => `${secret}\n`,
        );
        if (!context.json) terminal.err(`Token ${tokenId}, valid until ${expiresAt}. It is not shown again.\n`);
      }),
    );
  token
    .command('revoke')
    .description('Revoke a token at once')
    .argument('<tokenId>', 'as `temoin token list` shows it')
    .addHelpText('after', '\nExample:\n  temoin token revoke 4q7z…')
    .action((tokenId: string, _options: object, command: Command) =>
      withInstallation(terminal, command, {}, async (context) => {
        const receipt = await give(context, `token-${tokenId}`, { type: 'RevokeAccessToken', tokenId });
        show(context, { tokenId, events: receipt.events }, () =>
          receipt.events.length > 0 ? 'Revoked.\n' : 'It was revoked already.\n',
        );
      }),
    );
  token
    .command('list')
    .description('Tokens without their secret, newest first')
    .option('--staff <id>', 'only those of this person')
    .addHelpText('after', '\nExample:\n  temoin token list --json')
    .action((options: { staff?: string }, command: Command) =>
      withInstallation(terminal, command, { views: [tokensView.schema.name] }, async (context) => {
        const items: TokenSummary[] = [];
        let cursor: string | undefined;
        do {
          const page = await listTokens(viewDeps(context), {
            limit: 200,
            ...(options.staff === undefined ? {} : { staffId: options.staff }),
            ...(cursor === undefined ? {} : { cursor }),
          });
          items.push(...page.items);
          cursor = page.next;
        } while (cursor !== undefined);
        show(context, { items }, () =>
          columns([
            ['TOKEN', 'STATE', 'STAFF', 'EXPIRES', 'ROLES'],
            ...items.map((one) => [one.tokenId, one.state, one.staffId, one.expiresAt, one.roles.join(' ')]),
          ]),
        );
      }),
    );
}

function rolesOf(texts: readonly string[]): readonly Role[] {
  const wanted = texts.flatMap((text) => text.split(',')).filter((text) => text !== '');
  if (!wanted.every(isRole)) throw new CliError(exitCodes.usage, `--role must be among ${roles.join(', ')}.`);
  return [...new Set(wanted)];
}

function daysOf(text: string): number {
  const days = Number(text);
  if (!/^\d{1,4}$/.test(text) || days < 1) throw new CliError(exitCodes.usage, '--days must be a whole number from 1.');
  return days;
}
