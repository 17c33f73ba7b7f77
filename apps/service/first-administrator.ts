import type { CommandOutcome } from '#application/command.js';
import type { Temoin } from '#application/temoin.js';
import type { StaffCommand } from '#domain/staff/commands.js';
import type { TokenCommand } from '#domain/token/commands.js';
import { plusMilliseconds } from '#kernel/time.js';
import { newTokenSecret, tokenHashOf } from '#nest-shell/identity/token-secret.js';
import { findAll } from '#views/query.js';
import { type TokenDocument, tokensView } from '#views/tokens.js';

const DAY = 86_400_000;
const VALID_DAYS = 365;
const PATIENCE_MS = 60_000;

/**
 * On an installation that never had one: registers a person and a token for the first administrator.
 * @returns the token, to be shown once; undefined when an administrator's token was issued before, valid or not
 */
export async function firstAdministratorToken(temoin: Temoin): Promise<string | undefined> {
  const head = await temoin.eventStore.head();
  if (head !== undefined) await temoin.waitFor(tokensView.schema.name, head, PATIENCE_MS);
  const tokens = await findAll<TokenDocument>(temoin.viewStore, tokensView.schema, { collection: 'tokens' });
  if (tokens.some(({ roles }) => roles.includes('Administrator'))) return undefined;
  const staffId = await registerPerson(temoin);
  const commandId = temoin.ids.freshCommandId();
  const tokenId = temoin.ids.newId(commandId, 'token');
  const secret = newTokenSecret();
  const issue: TokenCommand = {
    type: 'IssueAccessToken',
    tokenId,
    tokenHash: tokenHashOf(secret),
    staffId,
    roles: ['Administrator'],
    expiresAt: plusMilliseconds(temoin.clock.now(), VALID_DAYS * DAY),
  };
  const position = await give(temoin, commandId, `token-${tokenId}`, issue);
  if (position !== undefined) await temoin.waitFor(tokensView.schema.name, position, PATIENCE_MS);
  return secret;
}

/** The same command id each time: a start that was cut short registers nobody twice. */
async function registerPerson(temoin: Temoin): Promise<string> {
  const commandId = temoin.ids.commandId('system', 'first-administrator');
  const staffId = temoin.ids.newId(commandId, 'staff');
  const register: StaffCommand = { type: 'RegisterStaff', staffId, name: 'Administration (premier démarrage)' };
  await give(temoin, commandId, `staff-${staffId}`, register);
  return staffId;
}

async function give(
  temoin: Temoin,
  commandId: string,
  stream: string,
  command: StaffCommand | TokenCommand,
): Promise<string | undefined> {
  const outcome: CommandOutcome = await temoin.execute({
    commandId,
    actor: 'system',
    actorRoles: ['Administrator'],
    stream,
    command,
  });
  if (outcome.outcome === 'accepted') return outcome.receipt.position;
  const why = outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome;
  throw new Error(`The first administrator could not be made: ${why}`);
}
