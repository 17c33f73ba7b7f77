import type { SealedSessionEvent } from '#domain/session/events.js';
import type { Instant } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { withoutDestroyed } from './destroyed-among.js';
import { equals, findAll, type ViewDeps } from './query.js';
import type { ViewDefinition } from './view.js';

/** A temporary credential of one session: that one was used, never its value (5.1). */
export interface CredentialDocument {
  readonly credentialId: string;
  readonly sessionId: string;
  readonly memberId: string;
  readonly method: string;
  readonly changeAdvised: boolean;
  readonly usedAt: Instant;
  readonly state: 'open' | 'closed';
  readonly closedAt?: Instant;
}

function fold(before: CredentialDocument | undefined, event: SealedSessionEvent): CredentialDocument | undefined {
  switch (event.type) {
    case 'TemporaryCredentialUsed': {
      const { credentialId, sessionId, memberId, method, changeAdvised, at } = event.data;
      return { credentialId, sessionId, memberId, method, changeAdvised, usedAt: at, state: 'open' };
    }
    case 'CredentialChangeConfirmed':
    case 'TempAdminAccountRemoved':
      return before && { ...before, state: 'closed', closedAt: event.data.at };
    default:
      return before;
  }
}

/** Follow-ups on temporary passwords and accounts, open until confirmed. */
export const credentialsView: ViewDefinition = {
  schema: {
    name: 'credentials',
    version: 1,
    collections: [
      collection('credentials', { state: 'text', usedAt: 'text', memberId: 'text' }, [
        ['state', 'usedAt'],
        ['memberId', 'usedAt'],
      ]),
    ],
  },
  streamPrefixes: ['session-'],
  changes: changesOf<CredentialDocument, SealedSessionEvent>(
    'credentials',
    (event) => textOf(event.data, 'credentialId'),
    fold,
  ),
};

/** Those still to be confirmed, oldest first. Of a session whose journal is destroyed nobody is asked any more. */
export async function openCredentials({
  viewStore,
}: Pick<ViewDeps, 'viewStore'>): Promise<readonly CredentialDocument[]> {
  const open = await findAll<CredentialDocument>(viewStore, credentialsView.schema, {
    collection: 'credentials',
    where: equals({ state: 'open' }),
    orderBy: { field: 'usedAt', direction: 'asc' },
  });
  return withoutDestroyed(viewStore, open);
}
