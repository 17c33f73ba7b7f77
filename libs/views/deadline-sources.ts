import { fallbackParameters } from '#domain/charter/parameters.js';
import { clockRule } from '#domain/deadlines/clocks.js';
import { type DeadlineCalendar, deadline, derivationLine } from '#domain/deadlines/deadline.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { clockLines } from './complaint-clocks.js';
import { complaintsInMediation, openComplaints } from './complaints-queries.js';
import { openDeviations } from './compliance-queries.js';
import type { DeadlineSource } from './deadline-line.js';
import { type FollowUpDocument, followUpsView } from './follow-ups.js';
import { type HoldDocument, holdsView } from './holds.js';
import { equals, findAll } from './query.js';
import { reviewRule } from './review-due.js';
import { type RightsDocument, rightsView } from './rights.js';
import { clockOf } from './rights-queries.js';

export interface SourceDeps {
  readonly viewStore: ViewStore;
  readonly calendar: DeadlineCalendar;
  readonly now: Instant;
}
type Sources = Promise<readonly DeadlineSource[]>;

/** The mediator acts; who decides on the complaint sees to it that they do. */
const OF_MEDIATORS: ReadonlySet<string> = new Set(['mediator-admissibility', 'mediator-outcome']);

/** Stored with the complaint: never computed again. */
export async function complaintDeadlines({ viewStore, now }: SourceDeps): Sources {
  const [open, mediated] = await Promise.all([
    openComplaints({ viewStore }),
    complaintsInMediation({ viewStore, now }),
  ]);
  return [...open, ...mediated.filter((one) => !one.open)].flatMap((one) =>
    clockLines(one, now).flatMap(
      ({ clock, name, source, lastDay, derivation, standing }): readonly DeadlineSource[] => {
        if (standing !== 'running' && standing !== 'overdue') return [];
        if (!one.open && !OF_MEDIATORS.has(clock)) return [];
        const ours = clock !== 'mediator-wait' && clock !== 'mediator-referral';
        const decider = one.concernsDirector ? 'President' : 'Director';
        const owner = ours ? decider : 'Member';
        const { complaintId: id, memberId } = one;
        return [{ clock, name, source, kind: 'complaint', id, memberId, owner, lastDay, derivation }];
      },
    ),
  );
}

/** Stored with the case, and so is what was announced. */
export async function rightsDeadlines({ viewStore, calendar, now }: SourceDeps): Sources {
  const open = await findAll<RightsDocument>(viewStore, rightsView.schema, {
    collection: 'cases',
    where: equals({ open: true }),
    orderBy: { field: 'dueOn', direction: 'asc' },
  });
  return open.flatMap((one): readonly DeadlineSource[] => {
    if (one.answer !== undefined) return [];
    const clock = one.extension === undefined ? 'rights-answer' : 'rights-answer-extended';
    const { name, source } = clockRule(clock, fallbackParameters);
    const { derivation } = clockOf(one, calendar, now);
    const owner = one.concernsDirector ? 'President' : 'Director';
    const { rightsId: id, memberId, dueOn: lastDay } = one;
    return [{ clock, name, source, kind: 'rights', id, memberId, owner, lastDay, derivation }];
  });
}

/** The lead comments within five working days, or what was set when it was flagged; of a serious one the Director is told at once. */
export async function deviationDeadlines({ viewStore, calendar }: SourceDeps): Sources {
  const open = await openDeviations({ viewStore });
  return open.map(({ deviationId: id, memberId, serious, flaggedAt, reviewDays }): DeadlineSource => {
    const told = computed(reviewRule(reviewDays), flaggedAt, calendar);
    const alert = serious ? ({ serious: true } as const) : {};
    return { ...told, kind: 'deviation', id, memberId, owner: 'SupportLead', ...alert };
  });
}

/** The review day is stored; a hold never ends by itself, so its outer bound is a deadline too. */
export async function holdDeadlines({ viewStore, calendar }: SourceDeps): Sources {
  const live = await findAll<HoldDocument>(viewStore, holdsView.schema, {
    collection: 'holds',
    where: equals({ state: 'live' }),
    orderBy: { field: 'reviewOn', direction: 'asc' },
  });
  const rule = { ...clockRule('hold-review', fallbackParameters), shifts: false };
  return live.map(({ holdId: id, memberId, placedAt, reviews, reviewOn, outerBound }): DeadlineSource => {
    const told = computed(rule, reviews.at(-1)?.at ?? placedAt, calendar);
    const bound = `date limite du gel, ${frenchDate(outerBound, calendar.civilTime, { year: true })}, 24 h`;
    const derivation = told.lastDay === reviewOn ? told.derivation : bound;
    return { ...told, derivation, lastDay: reviewOn, kind: 'hold', id, memberId, owner: 'Director' };
  });
}

/** The three questions are due the day after; once asked, nobody is chased. */
export async function followUpDeadlines({ viewStore, calendar }: SourceDeps): Sources {
  const due = await findAll<FollowUpDocument>(viewStore, followUpsView.schema, {
    collection: 'followups',
    where: equals({ state: 'due' }),
    orderBy: { field: 'since', direction: 'asc' },
  });
  const rule = clockRule('follow-up', fallbackParameters);
  return due.map(
    ({ sessionId: id, memberId, since }): DeadlineSource => ({
      ...computed(rule, since, calendar),
      kind: 'follow-up',
      id,
      memberId,
      owner: 'SupportLead',
    }),
  );
}

/** The last day of a clock that is not stored, and how it is found. */
export function computed(rule: Parameters<typeof deadline>[0], startsAt: Instant, calendar: DeadlineCalendar) {
  const found = deadline(rule, startsAt, calendar);
  const lastDay: LocalDate = found.lastDay ?? calendar.civilTime.toLocal(found.endsAt).date;
  return { clock: rule.code, name: rule.name, source: rule.source, lastDay, derivation: derivationLine(found) };
}
