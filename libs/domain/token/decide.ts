import { never } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import type { BaseFacts } from '../shared/facts.js';
import type { IssueAccessToken, TokenCommand } from './commands.js';
import { AccessTokenIssued, AccessTokenRevoked, type TokenEvent } from './events.js';
import { tokenExists, tokenExpired, tokenForUnknownStaff, tokenUnknown, tokenWithoutRole } from './refusals.js';
import type { TokenState } from './state.js';

export interface TokenFacts extends BaseFacts {
  /** The person that the token is for is registered. */
  readonly staffRegistered: boolean;
}

export function decide(command: TokenCommand, state: TokenState, facts: TokenFacts): readonly TokenEvent[] | Refusal {
  switch (command.type) {
    case 'IssueAccessToken':
      return issue(command, state, facts);
    case 'RevokeAccessToken':
      if (!state.issued) return tokenUnknown();
      return state.revoked ? [] : [event(AccessTokenRevoked, { tokenId: command.tokenId })];
    default:
      return never(command);
  }
}

function issue(command: IssueAccessToken, state: TokenState, facts: TokenFacts) {
  const { tokenId, tokenHash, staffId, expiresAt } = command;
  if (state.issued) return state.issued.tokenHash === tokenHash && !state.revoked ? [] : tokenExists();
  if (!facts.staffRegistered) return tokenForUnknownStaff();
  if (command.roles.length === 0) return tokenWithoutRole();
  if (expiresAt <= facts.now) return tokenExpired();
  const roles = [...new Set(command.roles)];
  return [event(AccessTokenIssued, { tokenId, tokenHash, staffId, roles, expiresAt })];
}
