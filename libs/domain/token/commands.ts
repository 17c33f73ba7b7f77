import type { Instant } from '#kernel/time.js';
import type { Role } from '../shared/facts.js';

export interface IssueAccessToken {
  readonly type: 'IssueAccessToken';
  readonly tokenId: string;
  /** SHA-256 of the token, 64 lower-case hexadecimal digits; the token itself never reaches a command. */
  readonly tokenHash: string;
  readonly staffId: string;
  readonly roles: readonly Role[];
  readonly expiresAt: Instant;
}

export interface RevokeAccessToken {
  readonly type: 'RevokeAccessToken';
  readonly tokenId: string;
}

export type TokenCommand = IssueAccessToken | RevokeAccessToken;
