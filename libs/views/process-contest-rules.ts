import type { SealedSessionEvent } from '#domain/session/events.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import { plusMilliseconds } from '#kernel/time.js';
import { destroyedSessions } from './destroyed-sessions.js';
import { localDayOf, plusDays } from './local-day.js';
import type { Moved } from './process-case.js';
import { atHour, end, schedule } from './process-case.js';

const MORNING = 9;
/** How long the question whether data were touched may stay open before the Director hears of it: a day, running. */
const TRIAGE_MS = 24 * 3_600_000;

/**
 * What the clock asks for after « ce n’est pas exact » and after a stop for security. A step is named after the revision
 * that asked for it, because the same may be said again.
 */
export function contestCases(event: SealedSessionEvent): readonly Moved[] {
  const { sessionId, memberId } = event.data;
  const { recordedAt, revision } = event.meta;
  const about = { sessionId, memberId };
  const over = (process: 'consent-contested' | 'breach-triage'): readonly Moved[] => [
    { process, caseId: sessionId, move: end },
  ];
  switch (event.type) {
    case 'ConsentContested': {
      const steps = [
        { step: `alert.${revision}`, dueAt: recordedAt },
        { step: `remind.${revision}`, dueAt: atHour(plusDays(localDayOf(recordedAt), 1), MORNING) },
      ];
      return [
        {
          process: 'consent-contested',
          caseId: sessionId,
          move: schedule('consent-contested', sessionId, about, steps),
        },
      ];
    }
    case 'ConsentGiven':
    case 'ConsentRefused':
    case 'ConsentWithdrawn':
    case 'ContestSettled':
      return over('consent-contested');
    case 'SessionInterrupted': {
      if (event.data.reason !== 'SECURITY') return [];
      const steps = [
        { step: 'ask', dueAt: recordedAt },
        { step: 'escalate', dueAt: plusMilliseconds(event.data.at, TRIAGE_MS) },
      ];
      return [
        { process: 'breach-triage', caseId: sessionId, move: schedule('breach-triage', sessionId, about, steps) },
      ];
    }
    case 'BreachTriageAnswered': {
      const answered = over('breach-triage');
      if (event.data.answer === 'no') return answered;
      const source = { stream: event.meta.stream, revision, since: event.data.awareAt };
      const open = schedule('breach-incident', sessionId, { ...about, ...source }, [
        { step: 'open', dueAt: recordedAt },
      ]);
      return [...answered, { process: 'breach-incident', caseId: sessionId, move: open }];
    }
    default:
      return [];
  }
}

/** Cases that bear the name of their session. */
const NAMED_AFTER_SESSION = [
  'consent-contested',
  'breach-triage',
  'follow-up',
  'consent-lapse',
  'session-running',
] as const;

/** What was asked for about a session that is destroyed cannot be answered any more; other cases of it end at their next step. */
export const nothingLeft = (event: AnySealedEvent): readonly Moved[] =>
  destroyedSessions(event).flatMap((caseId) =>
    NAMED_AFTER_SESSION.map((process): Moved => ({ process, caseId, move: end })),
  );
