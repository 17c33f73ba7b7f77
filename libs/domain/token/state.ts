import type { Instant } from '#kernel/time.js';
import type { Role } from '../shared/facts.js';

export interface TokenState {
  readonly issued:
    | {
        readonly tokenId: string;
        readonly tokenHash: string;
        readonly staffId: string;
        readonly roles: readonly Role[];
        readonly expiresAt: Instant;
      }
    | undefined;
  readonly revoked: boolean;
}

export const initialToken: TokenState = { issued: undefined, revoked: false };
