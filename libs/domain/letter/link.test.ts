import { event } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { actor } from '#testing/service-desk.js';
import { LetterLinkIssued, LetterPrepared, LetterSendingBegun } from './events.js';
import { letter } from './letter.js';
import { letterIsMachineWork } from './refusals.js';

const now = '2026-06-02T08:00:00.000Z' as Instant;
const expiresAt = '2026-07-02T08:00:00.000Z' as Instant;
const who = { letterId: 'l1', memberId: 'm1' };
const prepared = event(LetterPrepared, {
  ...who,
  template: 'consent-confirmation',
  templateVersion: 2,
  causeId: 'e1',
  sessionId: 'r1.1',
  sessionContent: '{}',
  preparedAt: now,
});
const begun = event(LetterSendingBegun, { ...who, attempt: 1, at: now });
const issue = { type: 'IssueLink', letterId: 'l1', attempt: 1, linkSha256: 'a'.repeat(64), expiresAt } as const;
const facts = { now, actor: actor('system') };

describe('the link of a letter', () => {
  it('is bound to the consent that the letter is about, and known by its digest [charter:3.1b]', () => {
    const { linkSha256 } = issue;
    given(letter, prepared, begun)
      .when(issue, facts)
      .then([
        event(LetterLinkIssued, {
          ...who,
          sessionId: 'r1.1',
          consentEventId: 'e1',
          attempt: 1,
          linkSha256,
          at: now,
          expiresAt,
        }),
      ]);
  });

  it('is issued by the service alone, and only for the attempt under way', () => {
    given(letter, prepared, begun)
      .when(issue, { now, actor: actor('d1', 'Director') })
      .then(letterIsMachineWork);
    given(letter, prepared).when(issue, facts).then([]);
    given(letter, prepared, begun)
      .when({ ...issue, attempt: 2 }, facts)
      .then([]);
  });
});
