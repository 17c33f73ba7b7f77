import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { ViewSchema, ViewStore } from '#ports/view-store/view-store.js';
import type { ComplaintDocument } from '#views/complaint-document.js';
import { complaintsView } from '#views/complaints.js';
import { journalView } from '#views/journal.js';
import type { JournalDocument } from '#views/journal-document.js';
import { localDayOf } from '#views/local-day.js';
import { type RequestDocument, requestsView } from '#views/requests.js';
import { type RightsDocument, rightsView } from '#views/rights.js';
import { rightsWords } from './french-words.js';

/** What kind of thing a cell keeps; `other` for a purpose that is newer than this list. */
export const cellKinds = ['identity', 'session', 'request', 'complaint', 'rights', 'letter', 'other'] as const;
export type CellKind = (typeof cellKinds)[number];

/** A cell in words that name nothing of what it keeps. */
export interface CellDescription {
  readonly cell: string;
  readonly kind: CellKind;
  /** Of the session, the request, the case. */
  readonly id?: string;
  /** Day of the thing in Europe/Paris, where a view knows it. */
  readonly day?: LocalDate;
  /** In French: « l’intervention du mardi 2 juin 2026 ». */
  readonly label: string;
}

/** `<member>/<purpose>[:<id>]`, and what lies below it → purpose and id. */
export function partsOf(cell: string): { readonly kind: CellKind; readonly id: string | undefined } {
  const [purpose = '', id] = (cell.split('/')[1] ?? '').split(/:(.*)/s, 2);
  return { kind: cellKinds.find((kind) => kind === purpose) ?? 'other', id };
}

/** Cells in French, with their days. Opens nothing. */
export async function describeCells(
  viewStore: ViewStore,
  time: CivilTime,
  cells: readonly string[],
): Promise<ReadonlyMap<string, CellDescription>> {
  const idsOf = (kind: CellKind) =>
    cells.flatMap((cell) => {
      const { kind: own, id } = partsOf(cell);
      return own === kind && id !== undefined ? [id] : [];
    });
  const documents = async <T>(view: ViewSchema, collection: string, kind: CellKind) => {
    const ids = [...new Set(idsOf(kind))];
    const found = ids.length === 0 ? new Map<string, never>() : await viewStore.load(view, collection, ids);
    return (id: string) => found.get(id)?.document as unknown as T | undefined;
  };
  const [sessions, requests, cases, complaints] = await Promise.all([
    documents<JournalDocument>(journalView.schema, 'sessions', 'session'),
    documents<RequestDocument>(requestsView.schema, 'requests', 'request'),
    documents<RightsDocument>(rightsView.schema, 'cases', 'rights'),
    documents<ComplaintDocument>(complaintsView.schema, 'complaints', 'complaint'),
  ]);
  const dayIn = (at: Instant | undefined) => (at === undefined ? undefined : localDayOf(at));
  const on = (day: LocalDate | undefined) => (day === undefined ? '' : ` du ${frenchDate(day, time, { year: true })}`);
  const labelled = (cell: string): CellDescription => {
    const { kind, id } = partsOf(cell);
    const known = (day: LocalDate | undefined, label: string): CellDescription => ({
      cell,
      kind,
      ...(id === undefined ? {} : { id }),
      ...(day === undefined ? {} : { day }),
      label,
    });
    switch (kind) {
      case 'identity':
        return known(undefined, 'l’identité et les coordonnées');
      case 'session': {
        const day = dayIn(sessions(id ?? '')?.startedAt);
        return known(day, day === undefined ? 'l’intervention préparée, sans suite' : `l’intervention${on(day)}`);
      }
      case 'request': {
        const day = dayIn(requests(id ?? '')?.receivedAt);
        return known(day, `la demande d’appui${on(day)}`);
      }
      case 'rights': {
        const found = cases(id ?? '');
        const day = dayIn(found?.receivedAt);
        const what = found === undefined ? '' : ` (${rightsWords[found.kind]})`;
        return known(day, `la demande de droits${on(day)}${what}`);
      }
      case 'complaint': {
        const day = dayIn(complaints(id ?? '')?.receivedAt);
        return known(day, `la réclamation${on(day)}`);
      }
      case 'letter':
        return known(undefined, 'un courrier');
      default:
        return known(undefined, 'une autre donnée');
    }
  };
  return new Map(cells.map((cell) => [cell, labelled(cell)]));
}
