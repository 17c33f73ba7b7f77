import type { SealedCustodyEvent } from '#domain/custody/events.js';
import type { SealedRefusalEvent } from '#domain/refusal/events.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import { collection, textOf } from './change.js';
import { localDayOf } from './local-day.js';
import {
  categoryOf,
  isDeviation,
  type RuleApplicationDocument,
  rulesOf,
  rulesOfCategory,
  unitOf,
} from './rule-application.js';
import type { Change, ViewDefinition } from './view.js';

type Fold = (before: RuleApplicationDocument | undefined) => RuleApplicationDocument | undefined;

/** Of every rule; left out of ids, each of which stands in every index. */
const PREFIX = 'charter:';

/** The casts meet here: the store keeps documents as plain JSON. What one unit has stands side by side in the index of ids. */
const change = (rule: string, unit: string, fold: Fold): Change => ({
  collection: 'applications',
  id: `${unit}|${rule.startsWith(PREFIX) ? rule.slice(PREFIX.length) : rule}`,
  next: (before) => fold(before as unknown as RuleApplicationDocument | undefined) as ReturnType<Change['next']>,
});

/** Events shown of one application: the first ones; the stream has them all. */
const MOST_EVENTS = 20;

function applied(rule: string, event: AnySealedEvent): Fold {
  const { stream, eventId, revision, recordedAt, actor } = event.meta;
  return (before) => {
    if (before?.gone) return before;
    const one: RuleApplicationDocument = before ?? {
      rule,
      outcome: 'kept',
      month: localDayOf(recordedAt).slice(0, 7),
      category: categoryOf(event),
      openDeviations: [],
      openReviews: 0,
      by: actor,
      stream,
      events: [],
      firstAt: recordedAt,
      gone: false,
    };
    const technician = textOf(event.data, 'technicianId');
    const events =
      one.events.length < MOST_EVENTS ? [...one.events, { eventId, type: event.type, revision }] : one.events;
    const named = technician === undefined ? one : { ...one, by: technician };
    if (!isDeviation(event)) return { ...named, events };
    return { ...withOpen(named, [...one.openDeviations, String(event.data.deviationId)]), events, outcome: 'broken' };
  };
}

const withOpen = (one: RuleApplicationDocument, openDeviations: readonly string[]): RuleApplicationDocument => ({
  ...one,
  openDeviations,
  openReviews: openDeviations.length,
});

function refused({ data, meta }: SealedRefusalEvent): Change {
  const { rule, category, refusedAt } = data;
  return change(rule, meta.eventId, () => ({
    rule,
    outcome: 'refused',
    month: localDayOf(refusedAt).slice(0, 7),
    category,
    openDeviations: [],
    openReviews: 0,
    by: meta.actor,
    stream: meta.stream,
    events: [{ eventId: meta.eventId, type: 'CommandRefused', revision: meta.revision }],
    firstAt: refusedAt,
    gone: false,
  }));
}

/** A comment names its deviation, not the rule: whichever application of the session carries it loses an open review. */
const reviewed = (event: AnySealedEvent): readonly Change[] =>
  rulesOfCategory('session').map((rule) =>
    change(rule, event.meta.stream, (before) =>
      before?.openDeviations.includes(String(event.data.deviationId))
        ? withOpen(
            before,
            before.openDeviations.filter((one) => one !== event.data.deviationId),
          )
        : before,
    ),
  );

/** Cells of sessions, requests and cases whose keys are gone: their counts stay, without a way back. */
function forgotten({ data }: Extract<SealedCustodyEvent, { readonly type: 'CellsDestroyed' }>): readonly Change[] {
  const units = data.cells.flatMap(({ cell }) => {
    const [, category, id] = /^[^/]+\/(session|request|complaint|rights):([^/]+)$/.exec(cell) ?? [];
    return category === undefined ? [] : [{ category: category as 'session', unit: `${category}-${id}` }];
  });
  return units.flatMap(({ category, unit }) =>
    rulesOfCategory(category).map((rule) =>
      change(rule, unit, (before) => {
        if (before === undefined) return undefined;
        const { by: _b, stream: _s, ...rest } = before;
        return { ...withOpen(rest, []), events: [], gone: true };
      }),
    ),
  );
}

function changes(event: AnySealedEvent): readonly Change[] {
  if (event.type === 'CommandRefused') return [refused(event as unknown as SealedRefusalEvent)];
  if (event.type === 'DeviationReviewed') return reviewed(event);
  const own = rulesOf(event).map((rule) => change(rule, unitOf(event), applied(rule, event)));
  return event.type === 'CellsDestroyed' ? [...own, ...forgotten(event as unknown as never)] : own;
}

/** Each time that a rule of the charter applied, and how it came out. Opaque references only. */
export const ruleApplicationsView: ViewDefinition = {
  schema: {
    name: 'ruleapplications',
    version: 5,
    collections: [
      // Every request, session and case writes a handful of these: each index costs as much as a whole view elsewhere. Both
      // end in the moment, which keeps what is new at one end, where random ids would spread it over the whole index.
      collection(
        'applications',
        { rule: 'text', outcome: 'text', by: 'text', openReviews: 'number', firstAt: 'text' },
        [
          ['rule', 'outcome', 'firstAt'],
          ['rule', 'by', 'outcome', 'firstAt'],
        ],
      ),
    ],
  },
  streamPrefixes: [
    'access-',
    'association-',
    'calendar-',
    'charter-',
    'complaint-',
    'custody-',
    'letter-',
    'member-',
    'refusal-',
    'request-',
    'retention-',
    'rights-',
    'session-',
    'staff-',
    'subscriber-',
    'token-',
  ],
  changes,
};
