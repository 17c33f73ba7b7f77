import type { CivilTime } from '#domain/calendar/civil-time.js';
import { type CharterParameters, fallbackParameters } from '#domain/charter/parameters.js';
import { findVersion, versionInForce } from '#domain/charter/state.js';
import { request } from '#domain/request/request.js';
import { session } from '#domain/session/session.js';
import type { AgreedSlot } from '#domain/shared/service-rules.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { type AppointmentDocument, appointmentsView } from '#views/appointments.js';
import type { ComplaintDocument } from '#views/complaint-document.js';
import { complaintsView } from '#views/complaints.js';
import { journalView } from '#views/journal.js';
import type { JournalDocument } from '#views/journal-document.js';
import { plusDays, startOfLocalDay } from '#views/local-day.js';
import { findAll } from '#views/query.js';
import { associationRules } from '../facts/standing.js';
import type { Temoin } from '../temoin.js';
import { type Almanac, bookingVerdict, complaintVerdict, purgeVerdict, sessionVerdict } from './verdicts.js';

/** Something that would have come out differently. Codes and days; references are opaque. */
export interface SimulatedDifference {
  readonly kind: 'booking' | 'session' | 'complaint' | 'purge';
  readonly id: string;
  /** Day of the slot, the session or the receipt. */
  readonly day: LocalDate;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface CharterSimulation {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Under which values the period was played again. */
  readonly parameters: CharterParameters;
  readonly examined: { readonly bookings: number; readonly sessions: number; readonly complaints: number };
  readonly differences: readonly SimulatedDifference[];
}

type Deps = Pick<Temoin, 'viewStore' | 'reader'>;

/** Views that must be up to date before. */
export const simulatedViews = [appointmentsView, journalView, complaintsView].map(({ schema }) => schema.name);

/**
 * Plays a period again under other parameters of the charter and says what would have come out differently. Both verdicts
 * are computed by the same rules, each thing's own charter version against the new values, with the closing days as they
 * are known now; so only the charter makes a difference. Changes nothing, opens nothing.
 * @param to last day, included
 */
export async function simulateCharter(
  deps: Deps,
  time: CivilTime,
  parameters: CharterParameters,
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<CharterSimulation> {
  const { charter, closures } = await associationRules(deps.reader);
  const almanac: Almanac = { time, closures };
  const own = (versionId: string | undefined, day: LocalDate): CharterParameters =>
    ((versionId === undefined ? undefined : findVersion(charter, versionId)) ?? versionInForce(charter, day))
      ?.parameters ?? fallbackParameters;
  const within = (field: string) => ({
    where: [
      { field, op: 'gte' as const, value: startOfLocalDay(from) },
      { field, op: 'lt' as const, value: startOfLocalDay(plusDays(to, 1)) },
    ],
    orderBy: { field, direction: 'asc' as const },
  });
  const { viewStore } = deps;
  const [bookings, sessions, complaints] = await Promise.all([
    findAll<AppointmentDocument>(viewStore, appointmentsView.schema, {
      collection: 'appointments',
      ...within('startsAt'),
    }),
    findAll<JournalDocument>(viewStore, journalView.schema, { collection: 'sessions', ...within('startedAt') }),
    findAll<ComplaintDocument>(viewStore, complaintsView.schema, {
      collection: 'complaints',
      ...within('receivedAt'),
    }),
  ]);
  const differences: SimulatedDifference[] = [];
  const compare = (one: Omit<SimulatedDifference, 'before' | 'after'>, verdict: Verdict, versionId?: string) => {
    const [before, after] = [verdict(own(versionId, one.day)), verdict(parameters)];
    if (before.join() !== after.join()) differences.push({ ...one, before, after });
  };
  const ended: EndedSession[] = [];
  for (const one of bookings)
    if (one.status !== 'cancelled')
      compare(
        { kind: 'booking', id: one.sessionId, day: one.localDay },
        (under) => bookingVerdict(one, under, almanac),
        one.charterVersionId,
      );
  for (const one of sessions) {
    const found = await finished(deps, one);
    if (found === undefined) continue;
    ended.push(found);
    const { state, slot, agreements } = found;
    const at = { id: one.sessionId, day: time.toLocal(slot.startsAt).date };
    const judge: Verdict = (under) => sessionVerdict(state, slot, agreements, under, almanac);
    compare({ kind: 'session', ...at }, judge, one.charterVersionId);
    compare({ kind: 'purge', ...at }, (under) => [purgeVerdict(slot.endsAt, under, time)], one.charterVersionId);
  }
  for (const one of complaints) {
    const about = await concernedBy(deps, one);
    const day = time.toLocal(one.receivedAt).date;
    const before = complaintVerdict(
      one,
      about.map((each) => ({ ...each, parameters: own(each.versionId, day) })),
      own(undefined, day),
      almanac,
    );
    const after = complaintVerdict(
      one,
      about.map((each) => ({ ...each, parameters })),
      parameters,
      almanac,
    );
    if (before.join() !== after.join())
      differences.push({ kind: 'complaint', id: one.complaintId, day, before, after });
  }
  const examined = { bookings: bookings.length, sessions: ended.length, complaints: complaints.length };
  return { from, to, parameters, examined, differences };
}

type Verdict = (under: CharterParameters) => readonly string[];

interface EndedSession {
  readonly state: Awaited<ReturnType<typeof stateOf>>;
  readonly slot: { readonly startsAt: Instant; readonly endsAt: Instant };
  readonly agreements: readonly AgreedSlot[];
}

const stateOf = ({ reader }: Deps, sessionId: string) => reader.state(session, sessionId);

/** A session with its times and the exceptional agreements of its request; undefined while it is under way. */
async function finished(deps: Deps, { sessionId, requestId }: JournalDocument): Promise<EndedSession | undefined> {
  const state = await stateOf(deps, sessionId);
  const { startedAt, endedAt } = state;
  if (startedAt === undefined || endedAt === undefined) return undefined;
  const agreements = requestId === undefined ? [] : (await deps.reader.state(request, requestId)).agreements;
  return { state, slot: { startsAt: startedAt, endsAt: endedAt }, agreements };
}

/** The sessions of a complaint as it was filed on them, each with the charter version that it is judged by. */
async function concernedBy(deps: Deps, { sessions, memberId }: ComplaintDocument) {
  return Promise.all(
    sessions.map(async ({ sessionId, requestId, technicianId, endedAt }) => {
      const { charterVersionId: versionId } = await stateOf(deps, sessionId);
      return { sessionId, memberId, requestId, technicianId, endedAt, versionId };
    }),
  );
}
