import type { Command } from 'commander';
import { type AccessPurpose, accessPurposes, type ConsultedPart } from '#domain/access/events.js';
import { isRole, type Role } from '#domain/shared/facts.js';
import { tokensView } from '#views/tokens.js';
import type { Context } from './context.js';
import { CliError, exitCodes } from './exit-codes.js';
import { type Giver, give } from './give-command.js';

/** The options of every command that opens a member's personal data. */
export const consultOptions = (command: Command): Command =>
  command
    .option('--purpose <purpose>', `why personal data is opened: ${accessPurposes.join(', ')}`)
    .option('--as <staffId>', 'who reads it; their roles are those of their valid tokens');

interface Who {
  readonly purpose?: AccessPurpose;
  readonly as?: string;
}

/** @throws CliError when it is not said who opens personal data, or why */
export function requirePurpose(who: Who): asserts who is Required<Who> {
  if (who.purpose === undefined || who.as === undefined)
    throw new CliError(
      exitCodes.usage,
      'Opening personal data needs --purpose and --as: it is recorded who read it, and why.',
    );
}

/** @throws CliError when nothing may be opened, with what to do */
export function requireVerified({ installation: { gate } }: Context): void {
  if (gate.fault !== undefined) throw new CliError(exitCodes.unavailable, gate.says, { fault: gate.fault });
}

/**
 * Records who reads what of whom, and why (charter 4.2), before anything is opened.
 * @throws CliError when purpose or person are missing, or the charter refuses
 */
export async function consult(
  context: Context,
  read: { readonly memberId: string; readonly sessionId?: string | undefined; readonly what: ConsultedPart },
  who: Who,
): Promise<void> {
  requirePurpose(who);
  requireVerified(context);
  const { memberId, sessionId, what } = read;
  const record = {
    type: 'RecordConsultation',
    memberId,
    what,
    purpose: who.purpose,
    at: context.temoin.clock.now(),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
  const giver = await giverOf(context, who.as);
  await give(context, `access-${memberId}`, record, { giver });
}

/** A person of the association with the roles of their valid tokens. @throws CliError when they have none */
export const giverOf = async (context: Context, staffId: string): Promise<Giver> => ({
  actor: staffId,
  roles: await rolesOf(context, staffId),
});

async function rolesOf({ temoin }: Context, staffId: string): Promise<readonly Role[]> {
  const now = temoin.clock.now();
  const { documents } = await temoin.viewStore.find(tokensView.schema, {
    collection: 'tokens',
    where: [{ field: 'staffId', op: 'eq', value: staffId }],
    limit: 1000,
  });
  const valid = documents.filter(({ document }) => !document.revokedAt && String(document.expiresAt) > now);
  const roles = valid.flatMap(({ document }) => document.roles as readonly string[]).filter(isRole);
  if (roles.length === 0)
    throw new CliError(exitCodes.refused, 'This person has no valid token, hence no role. See: temoin token create');
  return [...new Set(roles)];
}
