import type { Opened, UnreadableFault } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { ReplayedEvent, Temoin } from '../temoin.js';

/** A text of the journal for the page: as it stands after corrections, with its standing said. */
export interface ReportText {
  readonly text: string;
  readonly corrected: boolean;
}

/** Events of a session up to a revision, opened, corrections applied beside them. */
export interface ReportFacts {
  readonly sessionId: string;
  readonly memberId: string;
  readonly events: readonly ReplayedEvent[];
  /** Name and membership number as they stood at the member’s revision. */
  readonly member: { readonly name: string; readonly membershipNumber: string };
  /** When the last entry that the page shows was recorded. */
  readonly upTo: Instant;
  /** A personal field of an event, corrected where it was. Undefined: the event has none. */
  textOf(event: ReplayedEvent, field: string): ReportText | undefined;
}

export const ERASED = '(effacé)';

/** Known by its `code`: nothing is shown as erased that only does not open just now. */
export class ReportUnreadable extends Error {
  override readonly name = 'ReportUnreadable';
  readonly code = 'report-unreadable';
  constructor(readonly fault: UnreadableFault) {
    super(`A value of the report does not open: ${fault}.`);
  }
}

/** What the page shows. Anything else recorded later leaves it as it is. */
const SHOWN: ReadonlySet<string> = new Set([
  'SessionStarted',
  'SessionRecordedAfterwards',
  'SessionInterrupted',
  'SessionClosed',
  'StateBeforeRecorded',
  'StateAfterRecorded',
  'DiagnosisRecorded',
  'ActionPerformed',
  'OutOfScopeActionPerformed',
  'NoActionStated',
  'RecommendationsRecorded',
  'BackupAdviceGiven',
  'TemporaryCredentialUsed',
  'DeviationFlagged',
  'OverrunFlagged',
  'JournalCorrected',
]);
/** A late report does not change what it reports. */
const isShown = ({ type, data }: ReplayedEvent): boolean => SHOWN.has(type) && data.code !== 'report-late';

/**
 * What the summary of article 8.2 is made from: the same revisions give the same facts for ever, but for what was erased
 * since.
 * @returns undefined when there is no such session
 * @throws ReportUnreadable when a value does not open and was not erased
 */
export async function reportFacts(
  temoin: Pick<Temoin, 'stream'>,
  sessionId: string,
  { asOfRevision, memberRevision }: { readonly asOfRevision: number; readonly memberRevision: number },
): Promise<ReportFacts | undefined> {
  const all: ReplayedEvent[] = [];
  for await (const one of temoin.stream(`session-${sessionId}`, { open: true, limit: asOfRevision + 1 })) all.push(one);
  const memberId = all[0]?.data.memberId;
  if (typeof memberId !== 'string') return undefined;
  const events = all.filter(isShown);
  const corrections = new Map<string, unknown>();
  for (const { type, data } of events)
    if (type === 'JournalCorrected') corrections.set(`${data.targetEventId} ${data.field}`, data.value);
  return {
    sessionId,
    memberId,
    events,
    member: await memberAsOf(temoin, memberId, memberRevision),
    upTo: (events.at(-1) ?? all[0])?.meta.recordedAt as Instant,
    textOf(event, field) {
      const correction = corrections.get(`${event.meta.eventId} ${field}`);
      const value = correction ?? event.data[field];
      return value === undefined ? undefined : { text: shown(value), corrected: correction !== undefined };
    },
  };
}

async function memberAsOf({ stream }: Pick<Temoin, 'stream'>, memberId: string, revision: number) {
  const fields: Record<string, unknown> = {};
  for await (const { data } of stream(`member-${memberId}`, { open: true, limit: revision + 1 })) {
    for (const field of ['name', 'membershipNumber']) if (data[field] !== undefined) fields[field] = data[field];
  }
  return { name: shown(fields.name), membershipNumber: shown(fields.membershipNumber) };
}

function shown(value: unknown): string {
  if (value === undefined) return ERASED;
  const opened = value as Opened<unknown>;
  if (opened.state === 'erased') return ERASED;
  if (opened.state === 'unreadable') throw new ReportUnreadable(opened.fault);
  const words = opened.state === 'present' ? opened.value : value;
  return Array.isArray(words) ? words.join('\n') : String(words);
}
