import type { Opened } from '#kernel/sealed.js';
import type { LocalDate } from '#kernel/time.js';
import { recordsOf, standingOf } from './association-records.js';
import type { ComplaintDocument } from './complaint-document.js';
import { localDayOf } from './local-day.js';
import { openWithin, type ViewDeps } from './query.js';

/** A policy as the register of the association holds it (11 d). */
export interface PolicyLine {
  readonly recordId: string;
  readonly from: LocalDate;
  /** Last day of cover. */
  readonly until?: LocalDate;
  readonly insurer: Opened<string>;
  readonly coverage: Opened<string>;
  readonly policyNumber: Opened<string>;
}

/** What covered the association on a day; no policy: none is on record for it. */
export interface CoverOnDay {
  readonly day: LocalDate;
  /** The session that ended on it; absent: today. */
  readonly sessionId?: string;
  readonly policies: readonly PolicyLine[];
}

/** The policies in force on each of these days, by the register as it stands; a policy ended since covered until its end. */
export async function coverOn(
  deps: Pick<ViewDeps, 'viewStore' | 'opener'>,
  days: readonly Pick<CoverOnDay, 'day' | 'sessionId'>[],
): Promise<readonly CoverOnDay[]> {
  const records = await recordsOf(deps, 'insurance');
  const covering = (day: LocalDate) => records.filter((one) => standingOf(one, day) === 'current');
  const opened = await openWithin(deps.opener, [...new Set(days.flatMap(({ day }) => covering(day)))]);
  const lines = new Map(
    opened.map(({ recordId, from, until, texts }) => [
      recordId,
      {
        ...{ recordId, from, ...(until === undefined ? {} : { until }) },
        ...{ insurer: textOf(texts.insurer), coverage: textOf(texts.coverage) },
        policyNumber: textOf(texts.policyNumber),
      },
    ]),
  );
  return days.map((one) => ({
    ...one,
    policies: covering(one.day).flatMap(({ recordId }) => lines.get(recordId) ?? []),
  }));
}

/** When the sessions complained of ended, and today. */
export const coverOfComplaint = (
  deps: Pick<ViewDeps, 'viewStore' | 'opener' | 'now'>,
  { sessions }: Pick<ComplaintDocument, 'sessions'>,
): Promise<readonly CoverOnDay[]> =>
  coverOn(deps, [
    ...sessions.flatMap(({ sessionId, endedAt }) =>
      endedAt === undefined ? [] : [{ sessionId, day: localDayOf(endedAt) }],
    ),
    { day: localDayOf(deps.now) },
  ]);

/** Every policy has these three: a record without one of them cannot be read. */
const textOf = (value: Opened<string> | undefined): Opened<string> =>
  value ?? { state: 'unreadable', fault: 'damaged' };
