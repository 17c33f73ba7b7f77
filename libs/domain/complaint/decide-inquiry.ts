import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { lintFields } from '../lint/lint-fields.js';
import { refuseFutureInstant } from '../shared/refusals.js';
import { capacityOf } from './capacity.js';
import { evidenceTypes } from './codes.js';
import type { AcknowledgeComplaint, OpenInvestigation, QualifyComplaint, ReportInvestigation } from './commands.js';
import type { ComplaintEvent } from './events.js';
import {
  ComplaintAcknowledged,
  ComplaintQualified,
  InvestigationOpened,
  InvestigationReported,
} from './events-course.js';
import type { ComplaintFacts } from './facts.js';
import {
  complaintStaffUnknown,
  evidenceUnknown,
  inquirerConcerned,
  notInvestigated,
  notTheInquirer,
  qualifiedAlready,
} from './refusals.js';
import type { ComplaintCase } from './state.js';

type Decision = readonly ComplaintEvent[] | Refusal;

export function acknowledge(command: AcknowledgeComplaint, state: ComplaintCase, facts: ComplaintFacts): Decision {
  if (state.acknowledged) return [];
  const { acknowledgedAt, channel, evidenceRef } = command;
  const future = refuseFutureInstant(acknowledgedAt, facts.now, '/acknowledgedAt');
  if (future) return future;
  const { complaintId, memberId } = state;
  const day = facts.calendar.civilTime.toLocal(acknowledgedAt).date;
  const late = state.acknowledgeBy !== undefined && day > state.acknowledgeBy;
  const evidence = evidenceRef === undefined ? {} : { evidenceRef };
  return [event(ComplaintAcknowledged, { complaintId, memberId, acknowledgedAt, channel, ...evidence, late })];
}

/** Whoever is complained of, ran a session, or is Director where the Director is concerned, does not inquire (A12). */
export function openInvestigation(command: OpenInvestigation, state: ComplaintCase, facts: ComplaintFacts): Decision {
  const as = capacityOf(state, facts);
  if (typeof as !== 'string') return as;
  const { inquirerId } = command;
  if (state.inquirerId === inquirerId) return [];
  const pointer = [{ pointer: '/inquirerId', detail: 'autre personne à désigner' }];
  if (!facts.knownStaff.includes(inquirerId)) return complaintStaffUnknown(undefined, pointer);
  const isDirector = state.concernsDirector && facts.directors.includes(inquirerId);
  if (isDirector || state.concerned.includes(inquirerId)) return inquirerConcerned(undefined, pointer);
  const { complaintId, memberId } = state;
  return [event(InvestigationOpened, { complaintId, memberId, inquirerId, openedAt: facts.now, decidedAs: as })];
}

export function report(command: ReportInvestigation, state: ComplaintCase, facts: ComplaintFacts): Decision {
  const { reportId, findings } = command;
  const inquirerId = facts.actor.staffId;
  if (state.inquirerId !== inquirerId) return notTheInquirer();
  if (state.reports.includes(reportId)) return [];
  const { refusal } = lintFields({ '/findings': findings });
  if (refusal) return refusal;
  const { complaintId, memberId } = state;
  return [event(InvestigationReported, { complaintId, memberId, reportId, inquirerId, findings, at: facts.now })];
}

/** By the decider alone, with reasons; each piece of evidence is an entry of a journal concerned (2.3 c, 6.1). */
export function qualify(command: QualifyComplaint, state: ComplaintCase, facts: ComplaintFacts): Decision {
  const as = capacityOf(state, facts);
  if (typeof as !== 'string') return as;
  if (state.inquirerId === undefined) return notInvestigated();
  if (state.qualified) return qualifiedAlready();
  const { faultQualification, damageType, reasons, evidence } = command;
  const unknown = evidence.flatMap(({ kind, sessionId, eventId }, index) => {
    const type = state.sessionIds.includes(sessionId) ? facts.eventType(sessionId, eventId) : undefined;
    const fits = type !== undefined && evidenceTypes[kind].includes(type);
    return fits ? [] : [{ pointer: `/evidence/${index}`, detail: 'pas dans le journal concerné' }];
  });
  if (unknown.length > 0) return evidenceUnknown(undefined, unknown);
  const { refusal } = lintFields({ '/reasons': reasons });
  if (refusal) return refusal;
  const { complaintId, memberId } = state;
  return [
    event(ComplaintQualified, {
      complaintId,
      memberId,
      faultQualification,
      damageType,
      reasons,
      evidence,
      decidedAs: as,
      at: facts.now,
    }),
  ];
}
