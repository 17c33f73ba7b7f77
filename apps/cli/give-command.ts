import type { Receipt } from '#application/command.js';
import type { Role } from '#domain/shared/facts.js';
import type { Context } from './context.js';
import { CliError, exitCodes } from './exit-codes.js';

/** Who gives the command: whoever may open the root key administers the installation. */
export interface Giver {
  /** A staff id; `system` for the console itself. */
  readonly actor: string;
  readonly roles: readonly Role[];
}
export const localAdministrator: Giver = { actor: 'system', roles: ['Administrator'] };

/**
 * Gives one command and answers its receipt.
 * @throws CliError with the charter's words for a refusal
 */
export async function give<C extends { readonly type: string }>(
  { temoin }: Pick<Context, 'temoin'>,
  stream: string,
  command: C,
  { giver = localAdministrator, commandId }: { readonly giver?: Giver; readonly commandId?: string } = {},
): Promise<Receipt> {
  const outcome = await temoin.execute({
    commandId: commandId ?? temoin.ids.freshCommandId(),
    actor: giver.actor,
    actorRoles: giver.roles,
    stream,
    command,
  });
  switch (outcome.outcome) {
    case 'accepted':
      return outcome.receipt;
    case 'refused': {
      const { code, rule, detail, next, pointers, kind } = outcome.refusal;
      const said = [detail, ...pointers.map((one) => `  ${one.pointer} : ${one.detail}`), `→ ${next}`];
      const sentence = `${said.join('\n')}\n(${rule === undefined ? code : `${code}, ${rule}`})`;
      const exitCode = kind === 'not-found' ? exitCodes.notFound : exitCodes.refused;
      throw new CliError(exitCode, sentence, { code, rule, detail, next, pointers });
    }
    case 'conflict':
      throw new CliError(exitCodes.refused, 'Someone else changed this at the same time. Look again, then repeat.');
    case 'command-id-reused':
      throw new CliError(exitCodes.refused, 'This command id was used for another request.');
    case 'erased':
      throw new CliError(exitCodes.refused, `The data needed was erased on ${outcome.erasedAt}.`);
  }
}
