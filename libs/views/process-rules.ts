import type { SealedAssociationEvent } from '#domain/association/events.js';
import type { SealedComplaintEvent } from '#domain/complaint/events.js';
import type { SealedCustodyEvent } from '#domain/custody/events.js';
import { defaultClockSettings } from '#domain/deadlines/clocks.js';
import type { ProcessName } from '#domain/process/codes.js';
import type { SealedRightsEvent } from '#domain/rights/events.js';
import type { SealedSessionEvent } from '#domain/session/events.js';
import type { SealedStaffEvent } from '#domain/staff/events.js';
import type { LocalDate } from '#kernel/time.js';
import { plusMilliseconds } from '#kernel/time.js';
import { localDayOf, plusDays, plusMonths } from './local-day.js';
import { atHour, type CaseMove, type CaseSubject, end, type Moved, schedule, without } from './process-case.js';
import { mediationCases } from './process-mediation.js';

/** When people are reminded, and when letters that may wait leave, in Paris. */
const MORNING = 9;
const HOUR_MS = 3_600_000;

const moved = (process: ProcessName, caseId: string, move: CaseMove): Moved => ({ process, caseId, move });

/** Acknowledgement and proposal: reminded before the last day, and to the President once it is over (domain 2c). */
export function complaintCases(event: SealedComplaintEvent): readonly Moved[] {
  const { complaintId, memberId } = event.data;
  const about = { complaintId, memberId };
  const lastDay = (clock: string): LocalDate | undefined =>
    'clocks' in event.data ? event.data.clocks?.find((one) => one.clock === clock)?.lastDay : undefined;
  const answerDue = (process: 'complaint-acknowledgement' | 'complaint-proposal', days: number, opening: number) => {
    const last = lastDay(process);
    const suffix = opening === 1 ? '' : `.${opening}`;
    return last === undefined
      ? []
      : [
          moved(
            process,
            complaintId,
            schedule(process, complaintId, about, [
              { step: `remind${suffix}`, dueAt: atHour(plusDays(last, -days), MORNING) },
              { step: `escalate${suffix}`, dueAt: atHour(plusDays(last, 1), MORNING) },
            ]),
          ),
        ];
  };
  const over = (...names: readonly ProcessName[]) => names.map((name) => moved(name, complaintId, end));
  switch (event.type) {
    case 'ComplaintFiled':
      return [
        ...answerDue('complaint-acknowledgement', 1, 1),
        ...answerDue('complaint-proposal', 7, 1),
        ...mediationCases(event),
      ];
    case 'ComplaintReopened':
      return answerDue('complaint-proposal', 7, event.data.opening);
    case 'ComplaintAcknowledged':
      return over('complaint-acknowledgement');
    case 'SettlementProposed':
      return over('complaint-proposal');
    case 'ComplaintClosed':
    case 'ComplaintWithdrawn':
      return [...over('complaint-acknowledgement', 'complaint-proposal'), ...mediationCases(event)];
    default:
      return mediationCases(event);
  }
}

/** How long a session may run before somebody is asked whether it does. */
const RUNNING_MS = 3 * HOUR_MS;

export function sessionCases(event: SealedSessionEvent): readonly Moved[] {
  const { sessionId, memberId } = event.data;
  const about: CaseSubject = { sessionId, memberId };
  const at = (process: ProcessName, move: CaseMove, caseId = sessionId) => moved(process, caseId, move);
  switch (event.type) {
    case 'ConsentGiven': {
      const step = { step: 'lapse', dueAt: atHour(plusDays(event.data.validOn, 1), 0) };
      return [at('consent-lapse', schedule('consent-lapse', sessionId, about, [step]))];
    }
    case 'ConsentWithdrawn':
    case 'ConsentRefused':
      return [at('consent-lapse', end)];
    case 'SessionStarted': {
      const step = { step: 'ask', dueAt: plusMilliseconds(event.data.startedAt, RUNNING_MS) };
      return [at('consent-lapse', end), at('session-running', schedule('session-running', sessionId, about, [step]))];
    }
    case 'SessionRecordedAfterwards':
      return [at('consent-lapse', end)];
    case 'SessionEnded':
    case 'SessionInterrupted':
      return [at('session-running', end)];
    case 'SessionClosed': {
      const ask = atHour(plusDays(localDayOf(event.data.closedAt), 1), MORNING);
      const steps = [
        { step: 'ask', dueAt: ask },
        { step: 'unanswered', dueAt: atHour(plusDays(localDayOf(ask), 7), MORNING) },
      ];
      return [at('session-running', end), at('follow-up', schedule('follow-up', sessionId, about, steps))];
    }
    case 'FollowUpAsked':
      return [at('follow-up', without('ask'))];
    case 'FollowUpAnswered':
      return [at('follow-up', end)];
    case 'DeviationFlagged':
    case 'OverrunFlagged': {
      const { deviationId, serious, reviewDays } = event.data;
      const { recordedAt } = event.meta;
      const days = reviewDays ?? defaultClockSettings.deviationReviewWorkingDays;
      // five working days are seven days at least; the step itself counts with the closing days
      const soonest = plusDays(localDayOf(recordedAt), days + 2 * Math.floor(days / 5));
      const late = { step: 'overdue', dueAt: atHour(soonest, MORNING) };
      const set = reviewDays === undefined ? {} : { days: reviewDays };
      const steps = serious ? [{ step: 'alert', dueAt: recordedAt }, late] : [late];
      return [
        at(
          'deviation-review',
          schedule('deviation-review', deviationId, { ...about, deviationId, since: recordedAt, ...set }, steps),
          deviationId,
        ),
      ];
    }
    case 'DeviationReviewed':
      return [at('deviation-review', end, event.data.deviationId)];
    case 'TemporaryCredentialUsed': {
      const { credentialId } = event.data;
      const step = { step: 'remind', dueAt: atHour(plusDays(localDayOf(event.data.at), 3), MORNING) };
      const caseId = `${sessionId}.${credentialId}`;
      return [at('credential', schedule('credential', caseId, { ...about, credentialId }, [step]), caseId)];
    }
    case 'CredentialChangeConfirmed':
    case 'TempAdminAccountRemoved':
      return [at('credential', end, `${sessionId}.${event.data.credentialId}`)];
    default:
      return [];
  }
}

export function holdCases(event: SealedCustodyEvent): readonly Moved[] {
  if (event.type === 'LegalHoldPlaced' || event.type === 'LegalHoldReviewed') {
    const { holdId, memberId, reviewOn } = event.data;
    const step = { step: `review.${reviewOn}`, dueAt: atHour(reviewOn, MORNING) };
    return [moved('hold-review', holdId, schedule('hold-review', holdId, { holdId, memberId }, [step]))];
  }
  return event.type === 'LegalHoldReleased' ? [moved('hold-review', event.data.holdId, end)] : [];
}

export function rightsCases(event: SealedRightsEvent): readonly Moved[] {
  const { rightsId, memberId } = event.data as { readonly rightsId: string; readonly memberId: string };
  const due = (dueOn: LocalDate, suffix: string) =>
    moved(
      'rights-request',
      rightsId,
      schedule('rights-request', rightsId, { rightsId, memberId }, [
        { step: `remind${suffix}`, dueAt: atHour(plusDays(dueOn, -7), MORNING) },
        { step: `escalate${suffix}`, dueAt: atHour(plusDays(dueOn, 1), MORNING) },
      ]),
    );
  switch (event.type) {
    case 'RightsRequestReceived':
      return [due(event.data.dueOn, '')];
    case 'RightsRequestExtended':
      return [due(event.data.dueOn, '.extended')];
    case 'RightsAnswerSent':
    case 'RightsRequestWithdrawn':
    case 'RightsRequestClosed':
      return [moved('rights-request', rightsId, end)];
    default:
      return [];
  }
}

/** Cover that ends: told a month before, and once it is over (6.2). */
export function insuranceCases(event: SealedAssociationEvent): readonly Moved[] {
  const { recordId } = event.data;
  if (event.type === 'InsurancePolicyRecorded') {
    const { until } = event.data;
    const steps = [
      { step: 'remind', dueAt: atHour(plusDays(until, -30), MORNING) },
      { step: 'expired', dueAt: atHour(plusDays(until, 1), MORNING) },
    ];
    return [moved('insurance', recordId, schedule('insurance', recordId, { recordId, until }, steps))];
  }
  return event.type === 'AssociationRecordEnded' ? [moved('insurance', recordId, end)] : [];
}

/** Signed anew every year, and under each new version of the charter. */
export function staffCases(event: SealedStaffEvent): readonly Moved[] {
  const { staffId } = event.data as { readonly staffId: string };
  if (event.type === 'ConfidentialityUndertakingSigned') {
    const { signedOn } = event.data;
    const step = { step: `renew.${signedOn}`, dueAt: atHour(plusMonths(signedOn, 12), MORNING) };
    return [moved('undertaking', staffId, schedule('undertaking', staffId, { staffId }, [step]))];
  }
  return event.type === 'TechnicianRevoked' ? [moved('undertaking', staffId, end)] : [];
}
