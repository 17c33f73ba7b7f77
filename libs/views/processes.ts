import type { SealedAssociationEvent } from '#domain/association/events.js';
import type { SealedCharterEvent } from '#domain/charter/events.js';
import type { SealedComplaintEvent } from '#domain/complaint/events.js';
import type { SealedCustodyEvent } from '#domain/custody/events.js';
import type { SealedIncidentEvent } from '#domain/incident/events.js';
import type { SealedLetterEvent } from '#domain/letter/events.js';
import type { ProcessName } from '#domain/process/codes.js';
import type { SealedProcessEvent } from '#domain/process/events.js';
import type { SealedRightsEvent } from '#domain/rights/events.js';
import type { SealedSessionEvent } from '#domain/session/events.js';
import type { SealedStaffEvent } from '#domain/staff/events.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Document } from '#ports/view-store/view-store.js';
import { collection } from './change.js';
import { caseKeyOf, type Moved, type ProcessCaseDocument, type ReminderDocument, recorded } from './process-case.js';
import { contestCases, nothingLeft } from './process-contest-rules.js';
import { incidentCases } from './process-incidents.js';
import { charterCases, letterCases, toldCases } from './process-letters.js';
import { complaintCases, holdCases, insuranceCases, rightsCases, sessionCases, staffCases } from './process-rules.js';
import { equals, findPage, type ListAnswer, listAnswer, type PageParams, type ViewDeps } from './query.js';
import type { Change, ViewDefinition } from './view.js';

/** Which cases of which processes an event moves, by the category of its stream. */
const reactions: Readonly<Record<string, (event: AnySealedEvent) => readonly Moved[]>> = {
  complaint: (event) => complaintCases(event as unknown as SealedComplaintEvent),
  session: (event) => {
    const one = event as unknown as SealedSessionEvent;
    return [...sessionCases(one), ...contestCases(one)];
  },
  custody: (event) => [...holdCases(event as unknown as SealedCustodyEvent), ...nothingLeft(event)],
  rights: (event) => rightsCases(event as unknown as SealedRightsEvent),
  association: (event) => insuranceCases(event as unknown as SealedAssociationEvent),
  letter: (event) => toldCases(event as unknown as SealedLetterEvent),
  staff: (event) => staffCases(event as unknown as SealedStaffEvent),
  incident: (event) => incidentCases(event as unknown as SealedIncidentEvent),
  charter: (event) => charterCases(event as unknown as SealedCharterEvent),
  process: (event) => {
    const one = event as unknown as SealedProcessEvent;
    return [{ process: one.data.process, caseId: one.data.caseId, move: recorded(one) }];
  },
};

const categoryOf = (stream: string): string => stream.slice(0, Math.max(0, stream.indexOf('-')));

/** What the processes watch over and when the next step of each case is due. A pure fold: a rebuild does nothing outside. */
export const processesView: ViewDefinition = {
  schema: {
    name: 'processes',
    version: 6,
    collections: [
      collection('cases', { state: 'text', dueAt: 'text', process: 'text' }, [
        ['dueAt'],
        ['state', 'dueAt'],
        ['process', 'dueAt'],
      ]),
      collection('reminders', { to: 'texts', at: 'text' }, [['to', 'at']]),
    ],
  },
  streamPrefixes: [
    'association-',
    'letter-',
    'complaint-',
    'session-',
    'request-',
    'custody-',
    'rights-',
    'staff-',
    'charter-',
    'incident-',
    'process-',
  ],
  changes: (event) => [
    ...[...(reactions[categoryOf(event.meta.stream)]?.(event) ?? []), ...letterCases(event)].map((one) => ({
      collection: 'cases',
      id: caseKeyOf(one.process, one.caseId),
      next: (before: Document | undefined) =>
        one.move(before as ProcessCaseDocument | undefined) as unknown as Document | undefined,
    })),
    ...remindersOf(event),
  ],
};

function remindersOf(event: AnySealedEvent): readonly Change[] {
  const one = event as unknown as SealedProcessEvent;
  if (one.type !== 'ProcessStepDone' || one.data.result !== 'reminder') return [];
  const { process, caseId, step, to, at, dueAt, late } = one.data;
  const reminder: ReminderDocument = { process, caseId, step, to, at, dueAt, late };
  return [{ collection: 'reminders', id: event.meta.eventId, next: () => ({ ...reminder }) as unknown as Document }];
}

export interface CaseFilters extends PageParams {
  readonly state?: ProcessCaseDocument['state'];
  readonly process?: ProcessName;
}

/** Cases, the one that is due first at the top. */
export async function listCases(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  { state, process, ...page }: CaseFilters,
): Promise<ListAnswer<ProcessCaseDocument>> {
  const found = await findPage<ProcessCaseDocument>(
    viewStore,
    processesView.schema,
    {
      collection: 'cases',
      where: equals({ state, process }),
      orderBy: { field: 'dueAt', direction: 'asc' },
    },
    page,
  );
  return listAnswer(found.documents, found.asOf, found.next);
}

/** Cases with a step that is due, the oldest first. Parked ones are not among them. */
export async function dueCases(
  { viewStore, now }: Pick<ViewDeps, 'viewStore' | 'now'>,
  page: PageParams,
): Promise<ListAnswer<ProcessCaseDocument>> {
  const found = await findPage<ProcessCaseDocument>(
    viewStore,
    processesView.schema,
    {
      collection: 'cases',
      where: [
        { field: 'state', op: 'eq', value: 'waiting' },
        { field: 'dueAt', op: 'lte', value: now },
      ],
      orderBy: { field: 'dueAt', direction: 'asc' },
    },
    page,
  );
  return listAnswer(found.documents, found.asOf, found.next);
}
