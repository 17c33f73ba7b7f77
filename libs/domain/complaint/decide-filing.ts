import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { lintFields } from '../lint/lint-fields.js';
import { isRecordedLate } from '../shared/fact-time.js';
import { refuseFutureDay, refuseFutureInstant } from '../shared/refusals.js';
import { clocksOfFiling, isToBeWritten } from './clocks.js';
import type { FileComplaint } from './commands.js';
import { type ComplaintEvent, ComplaintFiled } from './events.js';
import type { ComplaintFacts } from './facts.js';
import {
  complainantMissing,
  complaintDatesWrong,
  complaintExists,
  complaintOfNobody,
  complaintSessionUnknown,
  complaintStaffUnknown,
  representativeUnknown,
} from './refusals.js';
import type { ComplaintState } from './state.js';

/** Takes a complaint at any time. Late is said, never refused (9.1, 9.3). */
export function file(
  command: FileComplaint,
  state: ComplaintState,
  facts: ComplaintFacts,
): readonly ComplaintEvent[] | Refusal {
  const { complaintId, receivedAt, learnedOn } = command;
  if (state) return sameAs(command, state) ? [] : complaintExists();
  const wrong = refuseWhose(facts) ?? refuseDates(command, facts) ?? refuseTexts(command);
  if (wrong) return wrong;
  const { memberId } = facts;
  if (memberId === undefined) return complaintOfNobody();
  const strangers = command.against.filter((staffId) => !facts.knownStaff.includes(staffId));
  if (strangers.length > 0) return complaintStaffUnknown(undefined, [{ pointer: '/against', detail: 'inconnu' }]);
  if (facts.memberErased && command.complainant === undefined)
    return complainantMissing(undefined, [{ pointer: '/complainant', detail: 'à donner de nouveau' }]);
  const { representativeId } = command;
  const capacity = representativeId === undefined ? undefined : facts.representativeCapacity;
  if (representativeId !== undefined && capacity === undefined)
    return representativeUnknown(undefined, [{ pointer: '/representativeId', detail: 'inconnu' }]);

  const ran = facts.sessions.flatMap((one) => one.technicianId ?? []);
  const concerned = [...new Set([...command.against, ...ran])].sort();
  return [
    event(ComplaintFiled, {
      complaintId,
      memberId,
      channel: command.channel,
      receivedAt,
      recordedLate: isRecordedLate(receivedAt, facts.now),
      learnedOn,
      facts: command.facts,
      consequences: command.consequences,
      ...(command.complainant === undefined ? {} : { complainant: command.complainant }),
      ...(representativeId === undefined || capacity === undefined ? {} : { representativeId, capacity }),
      minorAlone: facts.minor && capacity !== 'guardian',
      sessions: facts.sessions.map(({ sessionId, requestId, technicianId, endedAt }) => ({
        sessionId,
        ...(requestId === undefined ? {} : { requestId }),
        ...(technicianId === undefined ? {} : { technicianId }),
        ...(endedAt === undefined ? {} : { endedAt }),
      })),
      concerned,
      concernsDirector: command.concernsDirector || concerned.some((staffId) => facts.directors.includes(staffId)),
      ...(isToBeWritten(command.channel, facts) ? { toBeWritten: true } : {}),
      clocks: clocksOfFiling(command, facts),
    }),
  ];
}

function sameAs(command: FileComplaint, state: NonNullable<ComplaintState>): boolean {
  const sameMember = command.memberId === undefined || command.memberId === state.memberId;
  return sameMember && [...new Set(command.sessionIds)].join() === state.sessionIds.join();
}

function refuseWhose({ memberId, memberKnown, sessions }: ComplaintFacts): Refusal | undefined {
  const wrong = sessions.findIndex((one) => one.memberId === undefined || one.memberId !== memberId);
  if (wrong >= 0)
    return complaintSessionUnknown(undefined, [{ pointer: `/sessionIds/${wrong}`, detail: 'pas de cet adhérent' }]);
  return memberId === undefined || !memberKnown ? complaintOfNobody() : undefined;
}

function refuseDates({ receivedAt, learnedOn }: FileComplaint, facts: ComplaintFacts): Refusal | undefined {
  const { civilTime } = facts.calendar;
  const future =
    refuseFutureInstant(receivedAt, facts.now, '/receivedAt') ??
    refuseFutureDay(learnedOn, { now: facts.now, time: civilTime }, '/learnedOn');
  if (future) return future;
  return learnedOn > civilTime.toLocal(receivedAt).date
    ? complaintDatesWrong(undefined, [{ pointer: '/learnedOn', detail: 'après la réception' }])
    : undefined;
}

const refuseTexts = ({ facts, consequences, complainant }: FileComplaint): Refusal | undefined =>
  lintFields({ '/facts': facts, '/consequences': consequences, '/complainant': complainant }).refusal;
