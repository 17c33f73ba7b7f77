import type { SealedIncidentEvent } from '#domain/incident/events.js';
import type { Instant } from '#kernel/time.js';
import { plusMilliseconds } from '#kernel/time.js';
import type { Moved } from './process-case.js';
import { type CaseMove, end, type PendingStep, schedule } from './process-case.js';

const HOUR_MS = 3_600_000;
/** How long before the end of the running hours the last word comes. */
const LAST_HOURS = 6;

/**
 * A breach: the Director and the President are told a day and two days after the awareness, six hours before the 72 are
 * over, and when they are and nothing was sent. Running hours: no night, holiday or closing day moves one of these. And
 * where the risk is high, that the persons have to be told (GDPR 33, 34).
 */
export function incidentCases(event: SealedIncidentEvent): readonly Moved[] {
  const { incidentId } = event.data;
  const notification = (move: CaseMove): Moved => ({ process: 'breach-notification', caseId: incidentId, move });
  const persons = (move: CaseMove): Moved => ({ process: 'breach-persons', caseId: incidentId, move });
  switch (event.type) {
    case 'IncidentRecorded': {
      const { awareAt, notifyBefore } = event.data;
      const steps = notificationSteps(awareAt, notifyBefore, event.meta.recordedAt);
      const about = { incidentId, since: awareAt };
      return [notification(schedule('breach-notification', incidentId, about, steps))];
    }
    case 'IncidentAssessed': {
      if (event.data.risk !== 'high') return [];
      const since = event.data.assessedAt;
      const steps = [
        { step: 'tell', dueAt: plusMilliseconds(since, 24 * HOUR_MS) },
        { step: 'escalate', dueAt: plusMilliseconds(since, 72 * HOUR_MS) },
      ];
      return [persons(schedule('breach-persons', incidentId, { incidentId, since }, steps))];
    }
    case 'AuthorityNotified':
      return [notification(end)];
    case 'PersonsTold':
    case 'PersonsNotTold':
      return [persons(end)];
    case 'IncidentClosed':
      return [notification(end), persons(end)];
    default:
      return [];
  }
}

/** Of what was due before anybody wrote the incident down, the last word alone is said: late, and as late. */
export function notificationSteps(awareAt: Instant, before: Instant, recordedAt: Instant): readonly PendingStep[] {
  const steps = [
    { step: 'first-day', dueAt: plusMilliseconds(awareAt, 24 * HOUR_MS) },
    { step: 'second-day', dueAt: plusMilliseconds(awareAt, 48 * HOUR_MS) },
    { step: 'last-hours', dueAt: plusMilliseconds(before, -LAST_HOURS * HOUR_MS) },
    { step: 'escalate', dueAt: before },
  ];
  const within = steps.filter(({ step, dueAt }) => step === 'escalate' || (dueAt > awareAt && dueAt < before));
  const past = within.filter(({ dueAt }) => dueAt <= recordedAt);
  return [...past.slice(-1), ...within.slice(past.length)];
}
