import type { KeepGround } from '#domain/custody/events.js';
import type { RepresentativeCapacity } from '#domain/member/events.js';
import type { RefusalGround, RightsDecision, RightsKind, SealedRightsEvent } from '#domain/rights/events.js';
import { type GridLines, linesOf, NO_LINES } from '#domain/rights/grid-parts.js';
import { isRecordedLate } from '#domain/shared/fact-time.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import type { ViewDefinition } from './view.js';

/** How far a case has got. Identity may be checked at any moment before the decision. */
export const rightsStages = ['received', 'identified', 'decided', 'answered', 'closed', 'withdrawn'] as const;
export type RightsStage = (typeof rightsStages)[number];

export interface RightsDocument {
  readonly rightsId: string;
  readonly memberId: string;
  readonly revision: number;
  readonly kind: RightsKind;
  readonly channel: string;
  /** When it reached the association: the clock starts here. */
  readonly receivedAt: Instant;
  /** When it was typed in, and by whom. */
  readonly recordedAt: Instant;
  readonly recordedBy: string;
  /** More than a day after it was received (A16). */
  readonly recordedLate: boolean;
  readonly representativeId?: string;
  readonly capacity?: RepresentativeCapacity;
  /** A member under age asks without a guardian (A15). */
  readonly minorAlone: boolean;
  readonly concernsDirector: boolean;
  readonly stage: RightsStage;
  /** False once it is closed or withdrawn. */
  readonly open: boolean;
  /** What the member said. */
  readonly details?: Sealed<string>;
  /** Last day for the answer, extension included. */
  readonly dueOn: LocalDate;
  readonly identity?: { readonly method: string; readonly checkedAt: Instant };
  readonly extension?: {
    readonly extendedAt: Instant;
    readonly dueBefore: LocalDate;
    readonly reasons: Sealed<string>;
  };
  readonly decision?: {
    readonly decision: RightsDecision;
    readonly grounds: readonly RefusalGround[];
    readonly reasons?: Sealed<string>;
    readonly erase: readonly string[];
    readonly keep: readonly { readonly cell: string; readonly ground: KeepGround; readonly until?: LocalDate }[];
    readonly decidedAs: 'director' | 'delegate' | 'president';
    readonly decidedBy: string;
    readonly decidedAt: Instant;
    readonly late: boolean;
  };
  readonly answer?: {
    readonly channel: string;
    readonly sentAt: Instant;
    readonly evidenceRef?: string;
    readonly late: boolean;
  };
  readonly endedAt?: Instant;
}

/** As it is stored: with what parts of a decision list, between them and the decision that follows in the same append. */
type StoredCase = RightsDocument & { readonly deciding?: GridLines };

const joined = (one: GridLines, other: GridLines): GridLines => ({
  erase: [...one.erase, ...other.erase],
  keep: [...one.keep, ...other.keep],
});

function received(event: Extract<SealedRightsEvent, { readonly type: 'RightsRequestReceived' }>): RightsDocument {
  const { rightsId, memberId, kind, channel, receivedAt, concernsDirector, details, dueOn } = event.data;
  const { representativeId, capacity, minorAlone = false } = event.data;
  const { revision, recordedAt, actor } = event.meta;
  return {
    rightsId,
    memberId,
    revision,
    kind,
    channel,
    receivedAt,
    recordedAt,
    recordedBy: actor,
    recordedLate: isRecordedLate(receivedAt, recordedAt),
    ...(representativeId === undefined || capacity === undefined ? {} : { representativeId, capacity }),
    minorAlone,
    concernsDirector,
    stage: 'received',
    open: true,
    ...(details === undefined ? {} : { details }),
    dueOn,
  };
}

function fold(before: StoredCase | undefined, event: SealedRightsEvent): StoredCase | undefined {
  if (event.type === 'RightsRequestReceived') return received(event);
  if (before === undefined) return undefined;
  const after = { ...before, revision: event.meta.revision };
  switch (event.type) {
    case 'IdentityChecked': {
      const { method, checkedAt } = event.data;
      const stage = before.stage === 'received' ? 'identified' : before.stage;
      return { ...after, stage, identity: { method, checkedAt } };
    }
    case 'RightsRequestExtended': {
      const { extendedAt, reasons, dueOn } = event.data;
      return { ...after, dueOn, extension: { extendedAt, dueBefore: before.dueOn, reasons } };
    }
    case 'RightsDecisionPartMade':
      return { ...after, deciding: joined(before.deciding ?? NO_LINES, linesOf(event)) };
    case 'RightsDecisionMade': {
      const { rightsId: _r, memberId: _m, ...made } = event.data;
      const { deciding = NO_LINES, ...rest } = after;
      const decision = { ...made, ...joined(made, deciding), decidedBy: event.meta.actor };
      return { ...rest, stage: 'decided', decision };
    }
    case 'RightsAnswerSent': {
      const { channel, sentAt, evidenceRef, late } = event.data;
      const evidence = evidenceRef === undefined ? {} : { evidenceRef };
      return { ...after, stage: 'answered', answer: { channel, sentAt, ...evidence, late } };
    }
    case 'RightsRequestWithdrawn':
      return { ...after, stage: 'withdrawn', open: false, endedAt: event.data.withdrawnAt };
    case 'RightsRequestClosed':
      return { ...after, stage: 'closed', open: false, endedAt: event.data.closedAt };
    default:
      return after;
  }
}

/** Cases of exercising a right (GDPR 15–21), with what was said sealed. */
export const rightsView: ViewDefinition = {
  schema: {
    name: 'rights',
    version: 2,
    collections: [
      collection('cases', { dueOn: 'text', memberId: 'text', kind: 'text', stage: 'text', open: 'boolean' }, [
        ['dueOn'],
        ['memberId', 'dueOn'],
        ['kind', 'dueOn'],
        ['stage', 'dueOn'],
        ['open', 'dueOn'],
      ]),
    ],
  },
  streamPrefixes: ['rights-'],
  changes: changesOf<StoredCase, SealedRightsEvent>('cases', (event) => textOf(event.data, 'rightsId'), fold),
};
