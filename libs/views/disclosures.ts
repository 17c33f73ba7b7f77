import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { collection, textOf } from './change.js';
import { equals, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { Change, ViewDefinition } from './view.js';

export const disclosureRecipients = ['mediator', 'insurer', 'authority', 'court', 'member', 'cnil'] as const;
export type DisclosureRecipient = (typeof disclosureRecipients)[number];

/** One time that something of a person left the association: to whom, of whom, and the digest of what it was. */
export interface DisclosureDocument {
  readonly recipient: DisclosureRecipient;
  /** Type of the event behind it, and its stream. */
  readonly event: string;
  readonly stream: string;
  readonly at: Instant;
  readonly memberId?: string;
  readonly sessionId?: string;
  readonly complaintId?: string;
  readonly ground?: string;
  readonly channel?: string;
  readonly contentSha256?: string;
}

type Row = readonly [recipient: DisclosureRecipient, at: string, digest?: string];

const rows: Readonly<Record<string, Row>> = {
  MediationReferred: ['mediator', 'sentAt', 'contentSha256'],
  InsurerNotified: ['insurer', 'sentAt', 'contentSha256'],
  AuthorityReferred: ['authority', 'sentAt', 'contentSha256'],
  MemberExportIssued: ['member', 'issuedAt', 'sha256'],
  ReportIssued: ['member', 'issuedAt', 'htmlSha256'],
  AuthorityNotified: ['cnil', 'notifiedAt'],
};

function changes(event: AnySealedEvent): readonly Change[] {
  const row = rows[event.type];
  if (row === undefined) return [];
  const [recipient, atField, digestField] = row;
  const { data, meta } = event;
  const given = (name: string, field = name) => {
    const value = textOf(data, field);
    return value === undefined ? {} : { [name]: value };
  };
  const document: DisclosureDocument = {
    recipient: textOf(data, 'authority') === 'court' ? 'court' : recipient,
    event: event.type,
    stream: meta.stream,
    at: (textOf(data, atField) ?? meta.recordedAt) as Instant,
    ...given('memberId'),
    ...given('sessionId'),
    ...given('complaintId'),
    ...given('ground'),
    ...given('channel'),
    ...(digestField === undefined ? {} : given('contentSha256', digestField)),
  };
  return [
    { collection: 'disclosures', id: meta.eventId, next: () => document as unknown as ReturnType<Change['next']> },
  ];
}

/** Recipients and disclosures (4.1, GDPR 15(1)(c), 19, 30): derived from what was referred, copied and handed out. */
export const disclosuresView: ViewDefinition = {
  schema: {
    name: 'disclosures',
    version: 1,
    collections: [
      collection('disclosures', { at: 'text', recipient: 'text', memberId: 'text' }, [
        ['at'],
        ['recipient', 'at'],
        ['memberId', 'at'],
        ['recipient', 'memberId', 'at'],
      ]),
    ],
  },
  streamPrefixes: ['complaint-', 'access-', 'session-', 'incident-'],
  changes,
};

export interface DisclosureFilters extends PageParams {
  readonly recipient?: DisclosureRecipient;
  readonly memberId?: string;
}

/** Latest first. Names of recipients stay with the case. */
export async function listDisclosures(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  { recipient, memberId, ...page }: DisclosureFilters,
): Promise<ListAnswer<DisclosureDocument>> {
  const found = await findPage<DisclosureDocument>(
    viewStore,
    disclosuresView.schema,
    { collection: 'disclosures', where: equals({ recipient, memberId }), orderBy: { field: 'at', direction: 'desc' } },
    page,
  );
  return listAnswer(found.documents, found.asOf, found.next);
}
