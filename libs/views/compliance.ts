import { findRule } from '#domain/charter/rules.js';
import type { SealedSessionEvent } from '#domain/session/events.js';
import { deviationKinds } from '#domain/shared/deviation.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { Condition } from '#ports/view-store/view-store.js';
import { changesOf, collection, textOf } from './change.js';
import { localDayOf, plusDays, startOfLocalDay } from './local-day.js';
import { asOf, equals, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { AsOf, ViewDefinition } from './view.js';

/** One fact that broke a rule, whether the support lead has commented it or not yet. */
export interface DeviationDocument {
  readonly deviationId: string;
  readonly sessionId: string;
  readonly memberId: string;
  readonly code: string;
  readonly rule: string;
  /** The rule's article: `3.1`. */
  readonly article: string;
  readonly serious: boolean;
  /** Code that says more closely what it is about. */
  readonly detail: string;
  /** When the breach took place. */
  readonly at: Instant;
  readonly aboutId?: string;
  readonly activeMinutes?: number;
  readonly allowedMinutes?: number;
  readonly flaggedAt: Instant;
  readonly localDay: LocalDate;
  readonly review: 'open' | 'reviewed';
  readonly reviewedAt?: Instant;
  readonly reviewedBy?: string;
  readonly comment?: Sealed<string>;
}

/** `charter:3.1a` → `3.1`; rules outside the numbered articles keep their row (`P.1`, `F.2`). */
export const articleOf = (rule: string): string => {
  const row = rule.replace(/^charter:/, '');
  return /^\d+(\.\d+)?/.exec(row)?.[0] ?? row;
};

function fold(before: DeviationDocument | undefined, event: SealedSessionEvent): DeviationDocument | undefined {
  switch (event.type) {
    case 'DeviationFlagged':
    case 'OverrunFlagged': {
      const { deviationId, sessionId, memberId, code, rule, serious, detail, at, aboutId } = event.data;
      return {
        deviationId,
        sessionId,
        memberId,
        code,
        rule,
        article: articleOf(rule),
        serious,
        detail,
        at,
        ...(aboutId === undefined ? {} : { aboutId }),
        ...(event.type === 'OverrunFlagged'
          ? { activeMinutes: event.data.activeMinutes, allowedMinutes: event.data.allowedMinutes }
          : {}),
        flaggedAt: event.meta.recordedAt,
        localDay: localDayOf(event.meta.recordedAt),
        review: 'open',
      };
    }
    case 'DeviationReviewed':
      return (
        before && {
          ...before,
          review: 'reviewed',
          reviewedAt: event.data.at,
          reviewedBy: event.meta.actor,
          comment: event.data.comment,
        }
      );
    default:
      return before;
  }
}

/** Deviations: one document each, counted per rule and article of the charter. */
export const complianceView: ViewDefinition = {
  schema: {
    name: 'compliance',
    version: 1,
    collections: [
      collection(
        'deviations',
        { code: 'text', rule: 'text', review: 'text', memberId: 'text', sessionId: 'text', flaggedAt: 'text' },
        [
          ['flaggedAt'],
          ['review', 'flaggedAt'],
          ['code', 'flaggedAt'],
          ['code', 'review', 'flaggedAt'],
          ['rule', 'flaggedAt'],
          ['memberId', 'flaggedAt'],
          ['sessionId', 'flaggedAt'],
        ],
      ),
    ],
  },
  streamPrefixes: ['session-'],
  changes: changesOf<DeviationDocument, SealedSessionEvent>(
    'deviations',
    (event) => textOf(event.data, 'deviationId'),
    fold,
  ),
};

export interface DeviationsParams extends PageParams {
  readonly code?: string;
  readonly rule?: string;
  readonly review?: 'open' | 'reviewed';
  readonly memberId?: string;
  readonly sessionId?: string;
  /** Days of flagging in Europe/Paris, both included. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  /** `flaggedAt` or `-flaggedAt` (default). */
  readonly sort?: 'flaggedAt' | '-flaggedAt';
}

const between = (from: LocalDate | undefined, to: LocalDate | undefined): Condition[] => [
  ...(from === undefined ? [] : [{ field: 'flaggedAt', op: 'gte' as const, value: startOfLocalDay(from) }]),
  ...(to === undefined ? [] : [{ field: 'flaggedAt', op: 'lt' as const, value: startOfLocalDay(plusDays(to, 1)) }]),
];

/** A deviation in a list: the comment is read in the journal entry, with a purpose. */
export type DeviationLine = Omit<DeviationDocument, 'comment'>;

export const deviationLineOf = ({ comment: _, ...line }: DeviationDocument): DeviationLine => line;

export async function listDeviations(
  deps: Pick<ViewDeps, 'viewStore'>,
  params: DeviationsParams,
): Promise<ListAnswer<DeviationLine>> {
  const { code, rule, review, memberId, sessionId } = params;
  const page = await findPage<DeviationDocument>(
    deps.viewStore,
    complianceView.schema,
    {
      collection: 'deviations',
      where: [...equals({ code, rule, review, memberId, sessionId }), ...between(params.from, params.to)],
      orderBy: { field: 'flaggedAt', direction: params.sort === 'flaggedAt' ? 'asc' : 'desc' },
    },
    params,
  );
  return listAnswer(page.documents.map(deviationLineOf), page.asOf, page.next);
}

/** How often a kind of deviation happened, and how many still wait for the lead's comment. */
export interface ComplianceRow {
  readonly code: string;
  readonly text: string;
  readonly rule: string;
  readonly ruleText: string;
  readonly article: string;
  readonly serious: boolean;
  readonly total: number;
  readonly open: number;
}

export interface ComplianceAnswer {
  /** Every deviation code of the closed list, in the list's order; zero is an answer too. */
  readonly rows: readonly ComplianceRow[];
  /** The same added up per article of the charter. */
  readonly articles: readonly { readonly article: string; readonly total: number; readonly open: number }[];
  readonly total: number;
  readonly open: number;
  readonly asOf: AsOf;
}

export async function compliance(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  params: { readonly from?: LocalDate; readonly to?: LocalDate },
): Promise<ComplianceAnswer> {
  const upTo = await asOf(viewStore, complianceView.schema);
  const period = between(params.from, params.to);
  const count = (where: Condition[]) => viewStore.count(complianceView.schema, { collection: 'deviations', where });
  const rows = await Promise.all(
    deviationKinds.map(async ({ code, rule, serious, text }): Promise<ComplianceRow> => {
      const [total, open] = await Promise.all([
        count([...equals({ code }), ...period]),
        count([...equals({ code, review: 'open' }), ...period]),
      ]);
      return { code, text, rule, ruleText: findRule(rule)?.text ?? '', article: articleOf(rule), serious, total, open };
    }),
  );
  const add = (list: readonly ComplianceRow[]) => ({
    total: list.reduce((sum, row) => sum + row.total, 0),
    open: list.reduce((sum, row) => sum + row.open, 0),
  });
  const articles = [...new Set(rows.map((row) => row.article))]
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((article) => ({ article, ...add(rows.filter((row) => row.article === article)) }));
  return { rows, articles, ...add(rows), asOf: upTo };
}
