import type { ProcessName } from '#domain/process/codes.js';
import type { ConsentChannel, ContestStage } from '#domain/session/codes.js';
import type { Role } from '#domain/shared/facts.js';
import type { Instant } from '#kernel/time.js';
import { type ConsentDocument, consentsView } from './consents.js';
import type { ViewDeps } from './query.js';
import { listReminders, type ReminderLine } from './reminders.js';
import { type SecurityStopDocument, securityStopsView } from './security-stops.js';
import { partsWithout, type WorkPart } from './work-part.js';

/** A consent of which the member says that it is not exact, until somebody has cleared it up (A2). */
export interface ContestedConsent {
  readonly sessionId: string;
  readonly memberId: string;
  readonly contestedAt: Instant;
  readonly contestedBy: ConsentChannel;
  /** `under-way`: the computer is in somebody's hands at this moment. */
  readonly stage: ContestStage;
}

/** A stop for security of which nobody has said yet whether data may have been touched (7.3 b). */
export type OpenTriage = Pick<SecurityStopDocument, 'sessionId' | 'memberId' | 'stoppedAt' | 'advices'>;

/** What a member waits for an answer to, and what this person was reminded of. */
export interface AnswersOwed {
  readonly consentsContested: WorkPart<ContestedConsent>;
  readonly breachTriages: WorkPart<OpenTriage>;
  /** Of the caller's roles, latest first, without what has been done since. */
  readonly reminders: WorkPart<ReminderLine>;
}

/** Owed also to members whose data is kept and not used (GDPR 18): these are never hidden. */
const NEVER_HIDDEN: ReadonlySet<ProcessName> = new Set<ProcessName>([
  'rights-request',
  'complaint-acknowledgement',
  'complaint-proposal',
  'hold-review',
  'consent-contested',
  'breach-triage',
]);
const MOST_REMINDERS = 200;

export async function answersOwed(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  {
    roles,
    hidden,
    limit,
  }: { readonly roles: readonly Role[]; readonly hidden: ReadonlySet<string>; readonly limit: number },
): Promise<AnswersOwed> {
  const part = partsWithout(viewStore, new Set(), limit);
  const [contested, triages, ...reminded] = await Promise.all([
    part<ConsentDocument>(consentsView, {
      collection: 'consents',
      where: [{ field: 'contest', op: 'eq', value: 'open' }],
      orderBy: { field: 'recordedAt', direction: 'asc' },
    }),
    part<SecurityStopDocument>(securityStopsView, {
      collection: 'stops',
      where: [{ field: 'triage', op: 'eq', value: 'open' }],
      orderBy: { field: 'stoppedAt', direction: 'asc' },
    }),
    ...roles.map((role) => listReminders({ viewStore }, { role, limit: MOST_REMINDERS })),
  ]);
  const open = once(reminded.flatMap(({ items }) => items)).filter(
    ({ settled, process, about }) =>
      !settled && (NEVER_HIDDEN.has(process) || about.memberId === undefined || !hidden.has(about.memberId)),
  );
  return {
    consentsContested: { items: contested.items.flatMap(contestLine), total: contested.total },
    breachTriages: {
      items: triages.items.map(({ sessionId, memberId, stoppedAt, advices }) => ({
        sessionId,
        memberId,
        stoppedAt,
        advices,
      })),
      total: triages.total,
    },
    reminders: { items: open.slice(0, limit), total: open.length },
  };
}

function contestLine(one: ConsentDocument): readonly ContestedConsent[] {
  const { sessionId, memberId, contestedAt, contestedBy, contestStage: stage } = one;
  if (contestedAt === undefined || contestedBy === undefined || stage === undefined) return [];
  return [{ sessionId, memberId, contestedAt, contestedBy, stage }];
}

/** A person of two roles is told once of what both were reminded of. */
function once(reminders: readonly ReminderLine[]): readonly ReminderLine[] {
  const seen = new Map(reminders.map((one) => [`${one.process}.${one.caseId}.${one.step}`, one]));
  return [...seen.values()].sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));
}
