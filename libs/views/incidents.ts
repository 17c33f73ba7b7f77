import type { BreachKind, NoticeChannel, RiskLevel, TellingExemption } from '#domain/incident/codes.js';
import type { SealedIncidentEvent } from '#domain/incident/events.js';
import { isRecordedLate } from '#domain/shared/fact-time.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import {
  equals,
  findPage,
  type ListAnswer,
  listAnswer,
  openWithin,
  type PageParams,
  type Unsealed,
  type ViewDeps,
} from './query.js';
import type { ViewDefinition } from './view.js';

/** One entry of the register of breaches (GDPR 33(5)): facts, effects, measures. */
export interface IncidentDocument {
  readonly incidentId: string;
  readonly revision: number;
  readonly recordedAt: Instant;
  readonly awareAt: Instant;
  readonly kinds: readonly BreachKind[];
  readonly sessionIds: readonly string[];
  readonly memberIds: readonly string[];
  /** Key cells touched, as the log knows them. */
  readonly cells: readonly string[];
  readonly personsAbout?: number;
  readonly nature: Sealed<string>;
  readonly consequences?: Sealed<string>;
  readonly measures?: Sealed<string>;
  readonly notifyBefore: Instant;
  /** French, step by step. */
  readonly derivation: string;
  readonly risk?: RiskLevel;
  readonly assessments: readonly {
    readonly risk: RiskLevel;
    readonly reasons: Sealed<string>;
    readonly assessedAt: Instant;
  }[];
  readonly notifications: readonly IncidentNotification[];
  readonly notices: readonly {
    readonly toldIds: readonly string[];
    readonly toldAt: Instant;
    readonly channel: NoticeChannel;
    readonly message: Sealed<string>;
  }[];
  readonly exemption?: { readonly ground: TellingExemption; readonly reasons: Sealed<string>; readonly at: Instant };
  readonly closedAt?: Instant;
  readonly conclusion?: Sealed<string>;
  readonly state: 'open' | 'closed';
}

export interface IncidentNotification {
  readonly stage: 'first' | 'complement';
  readonly notifiedAt: Instant;
  readonly late: boolean;
  readonly content: Sealed<string>;
  readonly delayReasons?: Sealed<string>;
  readonly authorityReference?: string;
}

const joined = (one: readonly string[], other: readonly string[]): readonly string[] => [
  ...new Set([...one, ...other]),
];

function fold(before: IncidentDocument | undefined, event: SealedIncidentEvent): IncidentDocument | undefined {
  const { revision, recordedAt } = event.meta;
  if (event.type === 'IncidentRecorded')
    return { ...event.data, revision, recordedAt, assessments: [], notifications: [], notices: [], state: 'open' };
  if (before === undefined) return undefined;
  const after = { ...before, revision };
  switch (event.type) {
    case 'IncidentComplemented': {
      const { sessionIds, memberIds, cells, ...known } = event.data;
      return {
        ...after,
        ...known,
        sessionIds: joined(before.sessionIds, sessionIds),
        memberIds: joined(before.memberIds, memberIds),
        cells: joined(before.cells, cells),
      };
    }
    case 'IncidentAssessed': {
      const { incidentId: _, ...one } = event.data;
      return { ...after, risk: one.risk, assessments: [...before.assessments, one] };
    }
    case 'AuthorityNotified': {
      const { incidentId: _, notificationId: __, ...sent } = event.data;
      return { ...after, notifications: [...before.notifications, sent] };
    }
    case 'PersonsTold': {
      const { incidentId: _, noticeId: __, ...told } = event.data;
      return { ...after, notices: [...before.notices, told] };
    }
    case 'PersonsNotTold': {
      const { exemption: ground, reasons, decidedAt: at } = event.data;
      return { ...after, exemption: { ground, reasons, at } };
    }
    case 'IncidentClosed': {
      const { closedAt, conclusion } = event.data;
      return { ...after, closedAt, conclusion, state: 'closed' };
    }
    default:
      return after;
  }
}

/** Register of breaches of personal data. What was written stays sealed until one is read. */
export const incidentsView: ViewDefinition = {
  schema: {
    name: 'incidents',
    version: 1,
    collections: [collection('incidents', { awareAt: 'text', state: 'text' }, [['awareAt'], ['state', 'awareAt']])],
  },
  streamPrefixes: ['incident-'],
  changes: changesOf<IncidentDocument, SealedIncidentEvent>(
    'incidents',
    (event) => textOf(event.data, 'incidentId'),
    fold,
  ),
};

/** An entry without what was written. */
export type IncidentLine = Pick<
  IncidentDocument,
  'incidentId' | 'awareAt' | 'recordedAt' | 'kinds' | 'notifyBefore' | 'derivation' | 'risk' | 'state' | 'closedAt'
> & {
  /** Entered more than a day after the association became aware (A16). */
  readonly recordedLate: boolean;
  readonly notified: 'no' | 'in-time' | 'late';
  readonly complements: number;
  readonly personsTold: 'no' | 'yes' | 'exempt';
  readonly touched: { readonly sessions: number; readonly members: number; readonly personsAbout?: number };
};

export function incidentLine(one: IncidentDocument): IncidentLine {
  const { incidentId, awareAt, recordedAt, kinds, notifyBefore, derivation, risk, state, closedAt } = one;
  const first = one.notifications.find(({ stage }) => stage === 'first');
  const members = new Set(one.cells.map((cell) => cell.split('/', 1)[0]));
  return {
    incidentId,
    awareAt,
    recordedAt,
    kinds,
    notifyBefore,
    derivation,
    state,
    recordedLate: isRecordedLate(awareAt, recordedAt),
    ...(risk === undefined ? {} : { risk }),
    ...(closedAt === undefined ? {} : { closedAt }),
    notified: first === undefined ? 'no' : first.late ? 'late' : 'in-time',
    complements: one.notifications.filter(({ stage }) => stage === 'complement').length,
    personsTold: one.notices.length > 0 ? 'yes' : one.exemption === undefined ? 'no' : 'exempt',
    touched: {
      sessions: one.sessionIds.length,
      members: members.size,
      ...(one.personsAbout === undefined ? {} : { personsAbout: one.personsAbout }),
    },
  };
}

/** Latest first. */
export async function listIncidents(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  { state, ...page }: PageParams & { readonly state?: IncidentDocument['state'] },
): Promise<ListAnswer<IncidentLine>> {
  const found = await findPage<IncidentDocument>(
    viewStore,
    incidentsView.schema,
    { collection: 'incidents', where: equals({ state }), orderBy: { field: 'awareAt', direction: 'desc' } },
    page,
  );
  return listAnswer(found.documents.map(incidentLine), found.asOf, found.next);
}

export async function getIncident(
  { viewStore, opener }: Pick<ViewDeps, 'viewStore' | 'opener'>,
  incidentId: string,
): Promise<Unsealed<IncidentDocument> | undefined> {
  const document = await viewStore.get(incidentsView.schema, 'incidents', incidentId);
  return document === undefined ? undefined : openWithin(opener, document as unknown as IncidentDocument);
}
