import { hash, randomBytes } from 'node:crypto';

/** Marks a secret for people and for secret scanners. */
const PREFIX = 'tem_';
const SHAPE = /^tem_[A-Za-z0-9_-]{43}$/;

/** A new bearer token: 256 random bits. It is shown once and kept nowhere. */
export const newTokenSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64url')}`;

/** What is stored of a token. The secret is random and long: a plain hash needs no salt and no stretching. */
export const tokenHashOf = (secret: string): string => hash('sha256', secret, 'hex');

/** The token of an Authorization header (RFC 6750); undefined when there is none of the right shape. */
export function bearerOf(header: string | undefined): string | undefined {
  const [, token] = /^Bearer +(\S+) *$/i.exec(header ?? '') ?? [];
  return token !== undefined && SHAPE.test(token) ? token : undefined;
}
