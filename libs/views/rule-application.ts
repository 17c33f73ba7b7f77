import { accessEvents } from '#domain/access/events.js';
import { associationEvents } from '#domain/association/events.js';
import { calendarEvents } from '#domain/calendar/events.js';
import { charterEvents } from '#domain/charter/events.js';
import { complaintEvents } from '#domain/complaint/events.js';
import { custodyEvents } from '#domain/custody/events.js';
import { incidentEvents } from '#domain/incident/events.js';
import { letterEvents } from '#domain/letter/events.js';
import { memberEvents } from '#domain/member/events.js';
import { requestEvents } from '#domain/request/events.js';
import { retentionEvents } from '#domain/retention/events.js';
import { rightsEvents } from '#domain/rights/events.js';
import { sessionEvents } from '#domain/session/events.js';
import { staffEvents } from '#domain/staff/events.js';
import { subscriberEvents } from '#domain/subscriber/events.js';
import { tokenEvents } from '#domain/token/events.js';
import type { AnySealedEvent, EventDefinition } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';

/** `kept`: facts were recorded under the rule and none breaks it; `broken`: a deviation; `refused`: stopped in time. */
export const ruleOutcomes = ['kept', 'broken', 'refused'] as const;
export type RuleOutcome = (typeof ruleOutcomes)[number];

/** One time that a rule applied: to one session, request, case or, elsewhere, one event. */
export interface RuleApplicationDocument {
  readonly rule: string;
  readonly outcome: RuleOutcome;
  /** `YYYY-MM` in Paris, of the first event. */
  readonly month: string;
  /** Category of the streams: `session`. */
  readonly category: string;
  /** Deviations that still wait for a comment, and how many they are. */
  readonly openDeviations: readonly string[];
  readonly openReviews: number;
  /** The technician where the events name one, else who recorded it. Absent once what it is about is destroyed. */
  readonly by?: string;
  /** The stream to look at, and its events under the rule. Absent once what it is about is destroyed: the count stays. */
  readonly stream?: string;
  readonly events: readonly AppliedEvent[];
  readonly firstAt: Instant;
  readonly gone: boolean;
}

export interface AppliedEvent {
  readonly eventId: string;
  readonly type: string;
  readonly revision: number;
}

const declared: readonly EventDefinition[] = [
  ...accessEvents,
  ...associationEvents,
  ...calendarEvents,
  ...charterEvents,
  ...complaintEvents,
  ...custodyEvents,
  ...incidentEvents,
  ...letterEvents,
  ...memberEvents,
  ...requestEvents,
  ...retentionEvents,
  ...rightsEvents,
  ...sessionEvents,
  ...staffEvents,
  ...subscriberEvents,
  ...tokenEvents,
];
const rulesByType = new Map(declared.map(({ type, rules }) => [type, rules]));

/** Every event that serves a rule is known here: a test finds the ones that are not. */
export const servesRules = (type: string): boolean => rulesByType.has(type) || NOT_COUNTED.has(type);

/** Says that a step of some process is through: what the step did is told by events of its own. */
const NOT_COUNTED: ReadonlySet<string> = new Set(['ProcessStepDone']);

/** Declared under every rule that a deviation may name: only the one it does name is meant. */
const DEVIATIONS: ReadonlySet<string> = new Set(['DeviationFlagged', 'OverrunFlagged']);
export const isDeviation = ({ type }: AnySealedEvent): boolean => DEVIATIONS.has(type);

/** Rules that an event applies. */
export const rulesOf = (event: AnySealedEvent): readonly string[] =>
  isDeviation(event) ? [String(event.data.rule)] : (rulesByType.get(event.type) ?? []);

/** A rule applies once to each of these as a whole. */
const WHOLE: ReadonlySet<string> = new Set(['session', 'request', 'complaint', 'rights']);
export const categoryOf = ({ meta }: AnySealedEvent): string => meta.stream.slice(0, meta.stream.indexOf('-'));
export const unitOf = (event: AnySealedEvent): string =>
  WHOLE.has(categoryOf(event)) ? event.meta.stream : event.meta.eventId;

/** Rules that may apply to streams of a category: those whose counts lose their way back when such a thing is destroyed. */
export const rulesOfCategory = (category: 'session' | 'request' | 'complaint' | 'rights'): readonly string[] =>
  BY_CATEGORY[category];
const rulesIn = (events: readonly EventDefinition[]): readonly string[] => [
  ...new Set(events.flatMap(({ rules }) => rules)),
];
const BY_CATEGORY = {
  session: rulesIn(sessionEvents),
  request: rulesIn(requestEvents),
  complaint: rulesIn(complaintEvents),
  rights: rulesIn(rightsEvents),
};
