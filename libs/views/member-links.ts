import type { LetterLinkIssued } from '#domain/letter/events.js';
import type { SealedEventOf } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import type { ViewDeps } from './query.js';
import type { ViewDefinition } from './view.js';

/** A link that left in a letter, under the digest of its token; the token itself is nowhere. */
export interface MemberLinkDocument {
  readonly linkSha256: string;
  readonly letterId: string;
  readonly memberId: string;
  readonly sessionId: string;
  readonly consentEventId: string;
  readonly at: Instant;
  readonly expiresAt: Instant;
}

function fold(before: MemberLinkDocument | undefined, event: SealedEventOf<typeof LetterLinkIssued>) {
  if (event.type !== 'LetterLinkIssued') return before;
  const { linkSha256, letterId, memberId, sessionId, consentEventId, at, expiresAt } = event.data;
  return { linkSha256, letterId, memberId, sessionId, consentEventId, at, expiresAt };
}

/** Links for members, by digest. */
export const memberLinksView: ViewDefinition = {
  schema: { name: 'memberlinks', version: 1, collections: [collection('links', { at: 'text' }, [['at']])] },
  streamPrefixes: ['letter-'],
  changes: changesOf<MemberLinkDocument, SealedEventOf<typeof LetterLinkIssued>>(
    'links',
    (event) => textOf(event.data, 'linkSha256'),
    fold,
  ),
};

export const memberLink = async (
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  linkSha256: string,
): Promise<MemberLinkDocument | undefined> =>
  (await viewStore.get(memberLinksView.schema, 'links', linkSha256)) as MemberLinkDocument | undefined;
