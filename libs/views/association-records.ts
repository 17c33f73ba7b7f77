import type { RecordKind, SealedAssociationEvent } from '#domain/association/events.js';
import type { Sealed } from '#kernel/sealed.js';
import type { LocalDate } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { localDayOf, plusDays } from './local-day.js';
import {
  asOf,
  equals,
  findAll,
  type ListAnswer,
  listAnswer,
  openWithin,
  type Unsealed,
  type ViewDeps,
} from './query.js';
import type { ViewDefinition } from './view.js';

/** A policy, a mediator or a processor, with its days. */
export interface AssociationRecordDocument {
  readonly recordId: string;
  readonly kind: RecordKind;
  readonly from: LocalDate;
  /** Last day. */
  readonly until?: LocalDate;
  readonly contractOn?: LocalDate;
  /** What was written: insurer, name, contact, by the field’s name. */
  readonly texts: Readonly<Record<string, Sealed<string>>>;
}

function fold(
  before: AssociationRecordDocument | undefined,
  event: SealedAssociationEvent,
): AssociationRecordDocument | undefined {
  switch (event.type) {
    case 'InsurancePolicyRecorded': {
      const { recordId, from, until, ...texts } = event.data;
      return { recordId, kind: 'insurance', from, until, texts };
    }
    case 'MediatorRecorded': {
      const { recordId, from, until, ...texts } = event.data;
      return { recordId, kind: 'mediator', from, ...(until === undefined ? {} : { until }), texts };
    }
    case 'ProcessorRecorded': {
      const { recordId, from, until, contractOn, ...texts } = event.data;
      return { recordId, kind: 'processor', from, contractOn, ...(until === undefined ? {} : { until }), texts };
    }
    case 'AssociationRecordEnded':
      return before && { ...before, until: plusDays(event.data.on, -1) };
    default:
      return before;
  }
}

/** Insurance, mediator and processors (6.2, 6.3, 11 d, GDPR 28). */
export const associationRecordsView: ViewDefinition = {
  schema: {
    name: 'associationrecords',
    version: 1,
    collections: [collection('records', { kind: 'text', from: 'text' }, [['from'], ['kind', 'from']])],
  },
  streamPrefixes: ['association-'],
  changes: changesOf<AssociationRecordDocument, SealedAssociationEvent>(
    'records',
    (event) => textOf(event.data, 'recordId'),
    fold,
  ),
};

export const recordsOf = (
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  kind?: RecordKind,
): Promise<readonly AssociationRecordDocument[]> =>
  findAll<AssociationRecordDocument>(viewStore, associationRecordsView.schema, {
    collection: 'records',
    where: equals({ kind }),
    orderBy: { field: 'from', direction: 'desc' },
  });

export type AssociationRecordLine = Unsealed<AssociationRecordDocument> & {
  readonly standing: 'to-come' | 'current' | 'over';
};

/** All of a kind, latest first: they are few. */
export async function listAssociationRecords(
  deps: ViewDeps,
  kind?: RecordKind,
): Promise<ListAnswer<AssociationRecordLine>> {
  const upTo = await asOf(deps.viewStore, associationRecordsView.schema);
  const opened = await openWithin(deps.opener, await recordsOf(deps, kind));
  const day = localDayOf(deps.now);
  return listAnswer(
    opened.map((one) => ({ ...one, standing: standingOf(one, day) })),
    upTo,
    undefined,
  );
}

export const standingOf = (
  { from, until }: Pick<AssociationRecordDocument, 'from' | 'until'>,
  day: LocalDate,
): AssociationRecordLine['standing'] =>
  from > day ? 'to-come' : until !== undefined && until < day ? 'over' : 'current';
