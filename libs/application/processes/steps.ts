import { complaint } from '#domain/complaint/complaint.js';
import { member } from '#domain/member/member.js';
import type { ProcessName } from '#domain/process/codes.js';
import type { SessionCommand } from '#domain/session/commands.js';
import { session } from '#domain/session/session.js';
import { recordsOf, standingOf } from '#views/association-records.js';
import { plusDays } from '#views/local-day.js';
import { atHour } from '#views/process-case.js';
import { reviewDue } from '#views/review-due.js';
import type { Temoin } from '../temoin.js';
import { unlessDestroyed } from './about-destroyed.js';
import { askUndertakings, notifyMembers, tellUnacknowledged } from './charter-steps.js';
import { remindNotification, remindPersons } from './incident-steps.js';
import { recordTold } from './letter-told.js';
import { alertContest, openIncident } from './session-steps.js';
import { isTooLate, remind, type Step, StepFault } from './step.js';
import { writeLetter } from './write-letter.js';

/** Who decides on the complaint; against the Director it is the President. */
const remindDecider: Step = async ({ temoin, one }) => {
  const state = await temoin.reader.state(complaint, one.about.complaintId ?? '');
  return { done: 'reminder', to: [state?.concernsDirector === true ? 'President' : 'Director'] };
};

/** Asks the three questions once (X.7–9); the letter follows from the fact that they were asked. */
const askFollowUp: Step = async ({ temoin, one, commandId, dueAt }) => {
  const sessionId = one.about.sessionId ?? '';
  if (isTooLate(temoin.clock.now(), dueAt)) return { done: 'too-late' };
  if (await isRestricted(temoin, one.about.memberId)) return { done: 'not-needed' };
  const { followUps } = await temoin.reader.state(session, sessionId);
  if (followUps.length > 0) return { done: 'not-needed' };
  const command: SessionCommand = { type: 'AskFollowUp', sessionId, channel: 'email' };
  const outcome = await temoin.execute({
    commandId: commandId('ask'),
    actor: 'system',
    actorRoles: [],
    correlationId: temoin.ids.correlationId(one.caseId),
    stream: `session-${sessionId}`,
    command,
  });
  if (outcome.outcome === 'accepted') return { done: 'command' };
  throw new StepFault(outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome);
};

/** Data that is kept and not used (GDPR 18) asks nobody anything. */
const isRestricted = async ({ reader }: Temoin, memberId: string | undefined): Promise<boolean> =>
  memberId !== undefined && (await reader.state(member, memberId)).restriction !== undefined;

/** Five working days, or as many as were set: closing days, also those declared since, do not count. */
const deviationOverdue: Step = async ({ temoin, time, one }) => {
  const { since, days } = one.about;
  if (since === undefined) throw new StepFault('no-such-deviation');
  const dueOf = await reviewDue({ viewStore: temoin.viewStore }, time);
  const due = dueOf({ flaggedAt: since, ...(days === undefined ? {} : { reviewDays: days }) });
  const from = atHour(plusDays(due, 1), 9);
  return temoin.clock.now() < from ? { notBefore: from } : { done: 'reminder', to: ['SupportLead', 'Director'] };
};

/** Nobody is reminded of cover that another policy carries on. */
const coverEnds: Step = async ({ temoin, one }) => {
  const { until, recordId } = one.about;
  if (until === undefined) throw new StepFault('no-such-policy');
  const policies = await recordsOf({ viewStore: temoin.viewStore }, 'insurance');
  const goesOn = policies.some(
    (other) => other.recordId !== recordId && standingOf(other, plusDays(until, 1)) === 'current',
  );
  return goesOn ? { done: 'not-needed' } : { done: 'reminder', to: ['Director'] };
};

/** What each process does at each step. A step that comes again has its date behind a dot. */
const steps: Readonly<Record<Exclude<ProcessName, 'letter'>, Readonly<Record<string, Step>>>> = {
  'letter-told': { record: recordTold },
  'complaint-acknowledgement': { remind: remindDecider, escalate: remind('President') },
  'complaint-proposal': { remind: remindDecider, escalate: remind('President') },
  mediation: { open: remindDecider, closing: remindDecider, admissibility: remindDecider, outcome: remindDecider },
  'consent-contested': { alert: alertContest, remind: remind('SupportLead', 'Director') },
  'breach-triage': { ask: remind('SupportLead', 'Technician'), escalate: remind('Director') },
  'breach-incident': { open: openIncident },
  'rights-request': { remind: remind('Director'), escalate: remind('President', 'Director') },
  'follow-up': { ask: askFollowUp, unanswered: remind('SupportLead') },
  'deviation-review': { alert: remind('Director'), overdue: deviationOverdue },
  credential: { remind: remind('SupportLead') },
  'hold-review': { review: remind('Director') },
  'consent-lapse': { lapse: remind('SupportLead') },
  'session-running': { ask: remind('SupportLead', 'Technician') },
  insurance: { remind: coverEnds, expired: coverEnds },
  undertaking: { renew: remind('SupportLead') },
  'charter-notice': { notify: notifyMembers, undertakings: askUndertakings, unacknowledged: tellUnacknowledged },
  'breach-notification': {
    'first-day': remindNotification,
    'second-day': remindNotification,
    'last-hours': remindNotification,
    escalate: remindNotification,
  },
  'breach-persons': { tell: remindPersons, escalate: remindPersons },
};

/** @returns undefined for a step that nobody knows any more */
export function stepOf(process: ProcessName, step: string): Step | undefined {
  if (process === 'letter') return writeLetter;
  const [name = ''] = step.split('.');
  const known = steps[process];
  const found = Object.hasOwn(known, name) ? known[name] : undefined;
  return found && unlessDestroyed(found);
}
