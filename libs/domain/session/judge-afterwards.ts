import { type Instant, toEpochMilliseconds } from '#kernel/time.js';
import { findVersion } from '../charter/state.js';
import { isEarlierMinute, isRecordedLate } from '../shared/fact-time.js';
import { isAgreed } from '../shared/service-rules.js';
import type { ConsentMode } from './codes.js';
import type { RecordSessionAfterwards } from './commands-course.js';
import type { Breach } from './deviations.js';
import type { SessionFacts } from './facts.js';
import type { SessionState } from './state.js';

/** The consent of a session that the software did not see start. */
export interface FactualConsent {
  readonly mode: ConsentMode;
  readonly givenAt: Instant;
  readonly charterVersionId: string | undefined;
}

/** What was said of it, else the consent that the software holds for that very day and that stood at the start. */
export function consentThen(
  { consent: told, startedAt }: RecordSessionAfterwards,
  state: SessionState,
  facts: SessionFacts,
): FactualConsent | undefined {
  if (told !== undefined) return { mode: told.mode, givenAt: told.givenAt, charterVersionId: told.charterVersionId };
  const held = state.consent?.standing === 'given' ? state.consent : state.consent?.earlier;
  if (held === undefined || !held.authorise || held.validOn !== facts.time.toLocal(startedAt).date) return undefined;
  const takenBack = state.consent !== undefined && state.consent.standing !== 'given' && state.consent.at <= startedAt;
  return takenBack || facts.member?.voidsConsentOf(held.givenAt, startedAt) === true ? undefined : held;
}

/** Typed minutes: a consent of the minute of the start came before it. */
export function standingOf(
  consent: FactualConsent | undefined,
  startedAt: Instant,
): 'none' | 'before-start' | 'after-start' {
  if (consent === undefined) return 'none';
  return isEarlierMinute(startedAt, consent.givenAt) ? 'after-start' : 'before-start';
}

/** @param inForce the version in force on the day of the session */
export function consentBreaches(
  consent: FactualConsent | undefined,
  inForce: string | undefined,
  startedAt: Instant,
  { charter }: SessionFacts,
): readonly Breach[] {
  const standing = standingOf(consent, startedAt);
  const breaches: Breach[] = [];
  if (standing === 'none') breaches.push({ code: 'no-consent', detail: 'recorded-without-consent', at: startedAt });
  if (standing === 'after-start')
    breaches.push({ code: 'consent-after-start', detail: 'consent-recorded-after-start', at: startedAt });
  const version = consent?.charterVersionId;
  if (version === undefined || version === inForce) return breaches;
  const known = findVersion(charter, version) !== undefined;
  const detail = known ? 'charter-version-superseded' : 'charter-version-unknown';
  return [...breaches, { code: 'stale-charter', detail, at: startedAt }];
}

/** One breach for each thing that the technician lacked on that day (4.4 b, 5.2, 1.2 c). */
export function technicianBreaches(startedAt: Instant, { technician, request, time }: SessionFacts): readonly Breach[] {
  if (technician === undefined) return [];
  const day = time.toLocal(startedAt).date;
  const software = request?.specialisedSoftware;
  const about = { code: 'unhabilitated-technician', at: startedAt, aboutId: technician.staffId } as const;
  const breaches: Breach[] = [];
  if (!technician.isAuthorisedOn(day)) breaches.push({ ...about, detail: 'technician-not-authorised' });
  if (!technician.hasUndertakingOn(day))
    breaches.push({ ...about, detail: 'undertaking-not-signed', rule: 'charter:5.2' });
  if (software !== undefined && !technician.isSkilledIn(software))
    breaches.push({ ...about, detail: 'skill-not-recorded', rule: 'charter:1.2c' });
  return breaches;
}

/** The member was not there; or more than 24 hours passed before it was recorded (A16). */
export function recordingBreaches(command: RecordSessionAfterwards, now: Instant): readonly Breach[] {
  const { startedAt, endedAt, memberPresent } = command;
  const breaches: Breach[] = [];
  if (memberPresent === 'no') breaches.push({ code: 'absence', detail: 'member-not-present', at: startedAt });
  if (isRecordedLate(endedAt, now))
    breaches.push({ code: 'late-recording', detail: 'session-recorded-late', at: endedAt });
  return breaches;
}

/** The charter's length, or that of the exceptional agreement that covers the session. */
export function allowedThen(
  sessionMinutes: number,
  { startedAt, endedAt }: RecordSessionAfterwards,
  { request }: SessionFacts,
): number {
  const covering = (request?.agreements ?? []).filter((one) =>
    isAgreed({ startsAt: startedAt, endsAt: endedAt }, [one]),
  );
  const minutes = covering.map(({ slotStart, slotEnd }) =>
    Math.ceil((toEpochMilliseconds(slotEnd) - toEpochMilliseconds(slotStart)) / 60_000),
  );
  return Math.max(sessionMinutes, ...minutes);
}

/** In order, apart, and within the session. */
export function areInOrder(
  segments: readonly { from: Instant; to: Instant }[],
  startedAt: Instant,
  endedAt: Instant,
): boolean {
  let reached = startedAt;
  for (const { from, to } of segments) {
    if (from < reached || to <= from) return false;
    reached = to;
  }
  return segments.length > 0 && reached <= endedAt;
}
