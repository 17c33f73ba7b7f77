import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { id, instant, list, oneOf, sha256 } from '#kernel/field.js';
import { roles } from '../shared/facts.js';

// Types and names here are the storage format.

export const AccessTokenIssued = defineEvent({
  type: 'AccessTokenIssued',
  version: 1,
  doc: 'A bearer token was issued to a person, with roles and an end; only its hash is known.',
  rules: ['charter:4.1'],
  data: { tokenId: id(), tokenHash: sha256(), staffId: id(), roles: list(oneOf(...roles), 7), expiresAt: instant() },
});

export const AccessTokenRevoked = defineEvent({
  type: 'AccessTokenRevoked',
  version: 1,
  doc: 'A bearer token opens nothing any more.',
  rules: ['charter:4.1'],
  data: { tokenId: id() },
});

export const tokenEvents = [AccessTokenIssued, AccessTokenRevoked];
export type TokenEvent = EventOf<typeof AccessTokenIssued> | EventOf<typeof AccessTokenRevoked>;
export type SealedTokenEvent = SealedEventOf<typeof AccessTokenIssued> | SealedEventOf<typeof AccessTokenRevoked>;
