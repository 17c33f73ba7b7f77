import { event } from '#kernel/define-event.js';
import { type Instant, toInstant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import type { TokenFacts } from './decide.js';
import { AccessTokenIssued, AccessTokenRevoked } from './events.js';
import { token } from './token.js';

const at = (text: string): Instant => toInstant(text) as Instant;
const facts: TokenFacts = {
  now: at('2026-06-02T10:00:00Z'),
  actor: { staffId: 'admin-1', roles: ['Administrator'] },
  staffRegistered: true,
};
const data = {
  tokenId: 't-1',
  tokenHash: 'ab'.repeat(32),
  staffId: 'staff-1',
  roles: ['Technician' as const],
  expiresAt: at('2026-12-31T00:00:00Z'),
};
const issue = { type: 'IssueAccessToken' as const, ...data };
const issued = event(AccessTokenIssued, data);
const revoke = { type: 'RevokeAccessToken' as const, tokenId: 't-1' };
const revoked = event(AccessTokenRevoked, { tokenId: 't-1' });

describe('an access token', () => {
  it('belongs to a registered person, with at least one role and an end to come [charter:4.1]', () => {
    given(token).when(issue, facts).then([issued]);
    given(token)
      .when({ ...issue, roles: ['Technician', 'Technician'] }, facts)
      .then([issued]);
    given(token)
      .when(issue, { ...facts, staffRegistered: false })
      .then({ code: 'token-for-unknown-staff', rule: 'charter:4.1' });
    given(token)
      .when({ ...issue, roles: [] }, facts)
      .then({ code: 'token-without-role', rule: 'charter:4.1' });
    given(token)
      .when({ ...issue, expiresAt: facts.now }, facts)
      .then({ code: 'token-expiry-past', rule: 'charter:4.1' });
  });

  it('is issued once [charter:4.1]', () => {
    given(token, issued).when(issue, facts).then([]);
    given(token, issued)
      .when({ ...issue, tokenHash: 'cd'.repeat(32) }, facts)
      .then({ code: 'token-exists' });
    given(token, issued, revoked).when(issue, facts).then({ code: 'token-exists' });
  });

  it('is revoked once, for ever [charter:4.1]', () => {
    given(token, issued).when(revoke, facts).then([revoked]);
    given(token, issued, revoked).when(revoke, facts).then([]);
    given(token).when(revoke, facts).then({ code: 'token-unknown' });
  });
});
