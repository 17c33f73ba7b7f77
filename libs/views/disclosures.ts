import type { AnySealedEvent } from '#kernel/define-event.js';
import { isSealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { collection, textOf } from './change.js';
import { equals, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { Change, ViewDefinition } from './view.js';

export const disclosureRecipients = [
  'mediator',
  'insurer',
  'authority',
  'court',
  'processor',
  'designee',
  'member',
  'cnil',
] as const;
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
  /** Of a letter: the commitment of its sealed words, by which they can be shown later without a key; and which letter. */
  readonly contentCommitment?: string;
  readonly template?: string;
  /** Times that it left again after the first. */
  readonly again?: readonly { readonly at: Instant; readonly channel: string }[];
  /** It came back: it reached nobody that way. */
  readonly returned?: true;
}

/** A letter that is ready has no time of leaving yet, and is in no list. */
type Ready = Omit<DisclosureDocument, 'at'> & { readonly at?: Instant };

type Row = readonly [recipient: DisclosureRecipient, at: string, digest?: string];

const rows: Readonly<Record<string, Row>> = {
  MediationReferred: ['mediator', 'sentAt', 'contentSha256'],
  InsurerNotified: ['insurer', 'sentAt', 'contentSha256'],
  AuthorityReferred: ['authority', 'sentAt', 'contentSha256'],
  MemberExportIssued: ['member', 'issuedAt', 'sha256'],
  ReportIssued: ['member', 'issuedAt', 'htmlSha256'],
  AuthorityNotified: ['cnil', 'notifiedAt'],
  FileDisclosed: ['authority', 'sentAt', 'contentSha256'],
};

const document = (id: string, next: (before: Ready | undefined) => Ready | undefined): Change => ({
  collection: 'disclosures',
  id,
  next: (before) => next(before as Ready | undefined) as unknown as ReturnType<Change['next']>,
});

/** Why a letter leaves: the law wants rights to be answered, the charter wants the rest to be told. */
const groundOf = (template: string): string => (template.startsWith('rights-') ? 'legal-obligation' : 'charter');

/** A letter is a disclosure once it left, by mail or by hand; what it says stays sealed with what it is about. */
function letterChanges(event: AnySealedEvent): readonly Change[] {
  const { type, data, meta } = event;
  const letterId = textOf(data, 'letterId');
  if (letterId === undefined) return [];
  const at = (textOf(data, 'at') ?? meta.recordedAt) as Instant;
  switch (type) {
    case 'LetterPrepared': {
      const template = String(data.template);
      const content = Object.values(data).find((value) => isSealed(value));
      const references = ['memberId', 'sessionId', 'complaintId'].flatMap((name) => {
        const id = textOf(data, name);
        return id === undefined ? [] : [[name, id]];
      });
      return [
        document(letterId, () => ({
          recipient: 'member',
          event: 'LetterSent',
          stream: meta.stream,
          ...Object.fromEntries(references),
          ground: groundOf(template),
          template,
          ...(isSealed(content) ? { contentCommitment: content.$sealed.commit } : {}),
        })),
      ];
    }
    case 'LetterSent':
    case 'LetterPrinted': {
      const channel = type === 'LetterSent' ? 'email' : String(data.handedOver);
      return [
        document(letterId, (before) => {
          if (before === undefined) return undefined;
          if (before.at === undefined) return { ...before, event: type, at, channel };
          return { ...before, again: [...(before.again ?? []), { at, channel }] };
        }),
      ];
    }
    case 'LetterUndelivered':
      return data.reason === 'returned'
        ? [document(letterId, (before) => (before?.at === undefined ? before : { ...before, returned: true }))]
        : [];
    default:
      return [];
  }
}

function changes(event: AnySealedEvent): readonly Change[] {
  if (event.meta.stream.startsWith('letter-')) return letterChanges(event);
  const row = rows[event.type];
  if (row === undefined) return [];
  const [recipient, atField, digestField] = row;
  const { data, meta } = event;
  const given = (name: string, field = name) => {
    const value = textOf(data, field);
    return value === undefined ? {} : { [name]: value };
  };
  const one: DisclosureDocument = {
    recipient: (textOf(data, 'authority') ?? textOf(data, 'recipient') ?? recipient) as DisclosureRecipient,
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
  return [document(meta.eventId, () => one)];
}

/** Recipients and disclosures (4.1, GDPR 15(1)(c), 19, 30): derived from what was referred, copied, handed out, written. */
export const disclosuresView: ViewDefinition = {
  schema: {
    name: 'disclosures',
    version: 3,
    collections: [
      collection('disclosures', { at: 'text', recipient: 'text', memberId: 'text' }, [
        ['at'],
        ['recipient', 'at'],
        ['memberId', 'at'],
        ['recipient', 'memberId', 'at'],
      ]),
    ],
  },
  streamPrefixes: ['complaint-', 'access-', 'session-', 'incident-', 'letter-'],
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
    {
      collection: 'disclosures',
      where: [...equals({ recipient, memberId }), { field: 'at', op: 'gte', value: '' }],
      orderBy: { field: 'at', direction: 'desc' },
    },
    page,
  );
  return listAnswer(found.documents, found.asOf, found.next);
}
