import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { refuseFuture } from '../shared/service-rules.js';
import type { ReportCommand } from './commands-report.js';
import { flag } from './deviations.js';
import type { SessionEvent } from './events.js';
import { ReportIssued, ReportRequested } from './events-report.js';
import type { SessionFacts } from './facts.js';
import { reportBeforeEnd, reportOfOpenJournal } from './refusals-report.js';
import { hasBegun, isUnderWay, type SessionState } from './state.js';
import type { Who } from './who.js';

type Of<T extends ReportCommand['type']> = Extract<ReportCommand, { readonly type: T }>;
type Answer = readonly SessionEvent[] | Refusal;

/** One request waits at a time: asking again before the answer is the same request. */
export function requestReport(
  command: Of<'RequestReport'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  if (!hasBegun(state) || isUnderWay(state)) return reportBeforeEnd();
  if (state.reportAsked !== undefined) return [];
  const refusal = refuseFuture(command.at, facts.now);
  if (refusal) return refusal;
  const at = command.at ?? facts.now;
  const { date } = facts.time.toLocal(at);
  return [event(ReportRequested, { ...who, at, channel: command.channel, dueOn: date })];
}

/** A page with the digest of the last version is that version: nothing new is issued. Late is told and flagged. */
export function issueReport(command: Of<'IssueReport'>, state: SessionState, facts: SessionFacts, who: Who): Answer {
  if (!hasBegun(state) || isUnderWay(state)) return reportBeforeEnd();
  if (state.status !== 'closed') return reportOfOpenJournal();
  const { reportId, asOfRevision, memberRevision, htmlSha256, channel } = command;
  const last = state.reports.at(-1);
  if (state.reports.some((one) => one.reportId === reportId)) return [];
  if (last?.htmlSha256 === htmlSha256 && state.reportAsked === undefined) return [];
  const asked = state.reportAsked;
  const late = asked !== undefined && facts.time.toLocal(facts.now).date > asked.dueOn;
  const sameAsLast = last?.htmlSha256 === htmlSha256;
  const issued = event(ReportIssued, {
    ...who,
    reportId,
    reportVersion: sameAsLast ? last.reportVersion : (last?.reportVersion ?? 0) + 1,
    asOfRevision: sameAsLast ? last.asOfRevision : asOfRevision,
    memberRevision: sameAsLast ? last.memberRevision : memberRevision,
    htmlSha256,
    channel,
    issuedAt: facts.now,
    ...(asked === undefined ? {} : { requestedAt: asked.at }),
    late,
  });
  const breach = { code: 'report-late', detail: 'report-after-due-day', at: facts.now, aboutId: reportId } as const;
  return late ? [issued, ...flag(state, who, [breach])] : [issued];
}
