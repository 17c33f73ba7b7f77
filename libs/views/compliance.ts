import type { SealedSessionEvent } from '#domain/session/events.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { localDayOf } from './local-day.js';
import type { ViewDefinition } from './view.js';

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
  /** Working days for the comment, where another number than five was set when it was flagged. */
  readonly reviewDays?: number;
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
      const { deviationId, sessionId, memberId, code, rule, serious, detail, at, aboutId, reviewDays } = event.data;
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
        ...(reviewDays === undefined ? {} : { reviewDays }),
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
