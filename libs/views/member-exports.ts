import type { SealedAccessEvent } from '#domain/access/events.js';
import type { Instant } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { equals, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { ViewDefinition } from './view.js';

/** That everything held on a member was put together, by whom and until when it may be fetched. */
export interface MemberExportDocument {
  readonly exportId: string;
  readonly memberId: string;
  readonly rightsId?: string;
  readonly sha256: string;
  readonly issuedBy: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

function fold(before: MemberExportDocument | undefined, event: SealedAccessEvent): MemberExportDocument | undefined {
  return event.type === 'MemberExportIssued' ? { ...event.data } : before;
}

/** Copies of everything held on a member that were issued (GDPR 15, 20). */
export const memberExportsView: ViewDefinition = {
  schema: {
    name: 'exports',
    version: 1,
    collections: [
      collection('exports', { memberId: 'text', issuedAt: 'text' }, [['issuedAt'], ['memberId', 'issuedAt']]),
    ],
  },
  streamPrefixes: ['access-'],
  changes: changesOf<MemberExportDocument, SealedAccessEvent>(
    'exports',
    (event) => textOf(event.data, 'exportId'),
    fold,
  ),
};

export type MemberExportLine = MemberExportDocument & {
  /** Its validity is over: the copy is gone. */
  readonly expired: boolean;
};

/** Latest first. */
export async function listMemberExports(
  deps: Pick<ViewDeps, 'viewStore' | 'now'>,
  params: PageParams & { readonly memberId?: string },
): Promise<ListAnswer<MemberExportLine>> {
  const page = await findPage<MemberExportDocument>(
    deps.viewStore,
    memberExportsView.schema,
    {
      collection: 'exports',
      where: equals({ memberId: params.memberId }),
      orderBy: { field: 'issuedAt', direction: 'desc' },
    },
    params,
  );
  const lines = page.documents.map((one) => ({ ...one, expired: one.expiresAt <= deps.now }));
  return listAnswer(lines, page.asOf, page.next);
}

export const memberExport = async (
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  exportId: string,
): Promise<MemberExportDocument | undefined> =>
  (await viewStore.get(memberExportsView.schema, 'exports', exportId)) as MemberExportDocument | undefined;
