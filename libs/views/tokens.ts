import type { SealedTokenEvent } from '#domain/token/events.js';
import type { Instant } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { equals, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { ViewDefinition } from './view.js';

export interface TokenDocument {
  readonly tokenId: string;
  /** SHA-256 of the token, hexadecimal; the token itself is nowhere. */
  readonly tokenHash: string;
  readonly staffId: string;
  readonly roles: readonly string[];
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt?: Instant;
}

function fold(before: TokenDocument | undefined, event: SealedTokenEvent): TokenDocument | undefined {
  switch (event.type) {
    case 'AccessTokenIssued': {
      const { tokenId, tokenHash, staffId, roles, expiresAt } = event.data;
      return { tokenId, tokenHash, staffId, roles, issuedAt: event.meta.recordedAt, expiresAt };
    }
    case 'AccessTokenRevoked':
      return before && { ...before, revokedAt: before.revokedAt ?? event.meta.recordedAt };
    default:
      return before;
  }
}

/** Access tokens, by hash for the guard and by person for the administrator. */
export const tokensView: ViewDefinition = {
  schema: {
    name: 'tokens',
    version: 1,
    collections: [
      collection('tokens', { tokenHash: 'text', staffId: 'text', issuedAt: 'text' }, [
        ['tokenHash'],
        ['issuedAt'],
        ['staffId', 'issuedAt'],
      ]),
    ],
  },
  streamPrefixes: ['token-'],
  changes: changesOf<TokenDocument, SealedTokenEvent>('tokens', (event) => textOf(event.data, 'tokenId'), fold),
};

/** The token with this hash, whatever its state; undefined when there is none. */
export async function tokenByHash(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  tokenHash: string,
): Promise<TokenDocument | undefined> {
  const found = await viewStore.find(tokensView.schema, {
    collection: 'tokens',
    where: equals({ tokenHash }),
    limit: 1,
  });
  return found.documents[0]?.document as TokenDocument | undefined;
}

export type TokenState = 'valid' | 'expired' | 'revoked';
export const tokenState = (token: TokenDocument, now: Instant): TokenState =>
  token.revokedAt !== undefined ? 'revoked' : token.expiresAt <= now ? 'expired' : 'valid';

export type TokenSummary = Omit<TokenDocument, 'tokenHash'> & { readonly state: TokenState };

export async function listTokens(
  deps: Pick<ViewDeps, 'viewStore' | 'now'>,
  params: PageParams & { readonly staffId?: string },
): Promise<ListAnswer<TokenSummary>> {
  const page = await findPage<TokenDocument>(
    deps.viewStore,
    tokensView.schema,
    {
      collection: 'tokens',
      where: equals({ staffId: params.staffId }),
      orderBy: { field: 'issuedAt', direction: 'desc' },
    },
    params,
  );
  const items = page.documents.map((token) => {
    const { tokenHash: _, ...shown } = token;
    return { ...shown, state: tokenState(token, deps.now) };
  });
  return listAnswer(items, page.asOf, page.next);
}
