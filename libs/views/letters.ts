import type { AbandonReason, LetterTemplate, UndeliveredReason } from '#domain/letter/codes.js';
import type { SealedLetterEvent } from '#domain/letter/events.js';
import type { LetterStanding } from '#domain/letter/state.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { equals, findAll, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { ViewDefinition } from './view.js';

export interface LetterDocument {
  readonly letterId: string;
  readonly memberId: string;
  readonly revision: number;
  readonly standing: LetterStanding;
  readonly template: LetterTemplate;
  readonly templateVersion: number;
  readonly causeId: string;
  readonly sessionId?: string;
  readonly requestId?: string;
  readonly complaintId?: string;
  readonly rightsId?: string;
  readonly charterVersionId?: string;
  /** Title and paragraphs as JSON. */
  readonly content: Sealed<string>;
  readonly preparedAt: Instant;
  readonly attempts: number;
  /** From when on it may be given to the mail server. */
  readonly nextAt: Instant;
  readonly sentAt?: Instant;
  readonly printedAt?: Instant;
  readonly printedBy?: string;
  readonly handedOver?: 'post' | 'in-person';
  readonly undelivered?: { readonly at: Instant; readonly reason: UndeliveredReason; readonly code?: string };
  readonly abandoned?: { readonly at: Instant; readonly reason: AbandonReason };
}

const CONTENTS = ['sessionContent', 'requestContent', 'complaintContent', 'rightsContent', 'memberContent'] as const;

function fold(before: LetterDocument | undefined, event: SealedLetterEvent): LetterDocument | undefined {
  const { revision, actor } = event.meta;
  if (event.type === 'LetterPrepared') {
    const { data } = event;
    const content = CONTENTS.map((name) => data[name]).find((one) => one !== undefined);
    if (content === undefined) return before;
    const rest = Object.fromEntries(
      Object.entries(data).filter(([name]) => !(CONTENTS as readonly string[]).includes(name)),
    ) as unknown as Omit<LetterDocument, 'content' | 'revision' | 'standing' | 'attempts' | 'nextAt'>;
    return { ...rest, content, revision, standing: 'waiting', attempts: 0, nextAt: data.preparedAt };
  }
  if (before === undefined) return undefined;
  const after = { ...before, revision };
  switch (event.type) {
    case 'LetterSendingBegun':
      return { ...after, standing: 'sending', attempts: event.data.attempt };
    case 'LetterSent':
      return { ...after, standing: 'sent', sentAt: event.data.at };
    case 'LetterDelayed':
      return { ...after, standing: 'delayed', nextAt: event.data.nextAt };
    case 'LetterUndelivered': {
      const { at, reason, code } = event.data;
      return { ...after, standing: 'to-print', undelivered: { at, reason, ...(code === undefined ? {} : { code }) } };
    }
    case 'LetterPrinted': {
      const { at, handedOver } = event.data;
      return { ...after, standing: 'printed', printedAt: at, printedBy: actor, handedOver };
    }
    case 'LetterQueuedAgain':
      return { ...after, standing: 'waiting', nextAt: event.data.at };
    case 'LetterAbandoned':
      return { ...after, standing: 'abandoned', abandoned: { at: event.data.at, reason: event.data.reason } };
    default:
      return before;
  }
}

/** Letters to members: what waits, what left, what is to be printed. What they say stays sealed. */
export const lettersView: ViewDefinition = {
  schema: {
    name: 'letters',
    version: 1,
    collections: [
      collection(
        'letters',
        {
          preparedAt: 'text',
          standing: 'text',
          memberId: 'text',
          template: 'text',
          sessionId: 'text',
          complaintId: 'text',
          nextAt: 'text',
        },
        [
          ['preparedAt'],
          ['standing', 'preparedAt'],
          ['memberId', 'preparedAt'],
          ['template', 'preparedAt'],
          ['sessionId', 'preparedAt'],
          ['complaintId', 'preparedAt'],
          ['standing', 'nextAt'],
        ],
      ),
    ],
  },
  streamPrefixes: ['letter-'],
  changes: changesOf<LetterDocument, SealedLetterEvent>('letters', (event) => textOf(event.data, 'letterId'), fold),
};

export type LetterLine = Omit<LetterDocument, 'content'>;

export interface LetterFilters extends PageParams {
  readonly standing?: LetterStanding;
  readonly memberId?: string;
  readonly template?: LetterTemplate;
  readonly sessionId?: string;
  readonly complaintId?: string;
}

/** Latest first, without what they say. */
export async function listLetters(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  { standing, memberId, template, sessionId, complaintId, ...page }: LetterFilters,
): Promise<ListAnswer<LetterLine>> {
  const found = await findPage<LetterDocument>(
    viewStore,
    lettersView.schema,
    {
      collection: 'letters',
      where: equals({ standing, memberId, template, sessionId, complaintId }),
      orderBy: { field: 'preparedAt', direction: 'desc' },
    },
    page,
  );
  const items = found.documents.map(({ content: _, ...line }) => line);
  return listAnswer(items, found.asOf, found.next);
}

export async function letterDocument(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  letterId: string,
): Promise<LetterDocument | undefined> {
  return (await viewStore.get(lettersView.schema, 'letters', letterId)) as LetterDocument | undefined;
}

/** Letters that may be given to the mail server now, oldest first. */
export async function lettersToSend(
  { viewStore, now }: Pick<ViewDeps, 'viewStore' | 'now'>,
  limit: number,
): Promise<readonly LetterDocument[]> {
  const due: LetterDocument[] = [];
  for (const standing of ['waiting', 'delayed'] as const) {
    const page = await findPage<LetterDocument>(
      viewStore,
      lettersView.schema,
      {
        collection: 'letters',
        where: [
          { field: 'standing', op: 'eq', value: standing },
          { field: 'nextAt', op: 'lte', value: now },
        ],
        orderBy: { field: 'nextAt', direction: 'asc' },
      },
      { limit },
    );
    due.push(...page.documents);
  }
  return due;
}

/** Letters that were being sent when they were last heard of. */
export async function lettersInFlight({ viewStore }: Pick<ViewDeps, 'viewStore'>): Promise<readonly LetterDocument[]> {
  return findAll<LetterDocument>(viewStore, lettersView.schema, {
    collection: 'letters',
    where: equals({ standing: 'sending' }),
    orderBy: { field: 'nextAt', direction: 'asc' },
  });
}
