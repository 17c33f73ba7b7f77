import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { type Binding, bind } from '#application/bind.js';
import { accessBinding } from '#application/facts/access.js';
import { associationBinding } from '#application/facts/association.js';
import { calendarBinding } from '#application/facts/calendar.js';
import { charterBinding } from '#application/facts/charter.js';
import { complaintBinding } from '#application/facts/complaint.js';
import { custodyBinding } from '#application/facts/custody.js';
import { incidentBinding } from '#application/facts/incident.js';
import { letterBinding } from '#application/facts/letter.js';
import { memberBinding } from '#application/facts/member.js';
import { processBinding } from '#application/facts/process.js';
import { refusalBinding } from '#application/facts/refusal.js';
import { requestBinding } from '#application/facts/request.js';
import { retentionBinding } from '#application/facts/retention.js';
import { rightsBinding } from '#application/facts/rights.js';
import { sessionBinding } from '#application/facts/session.js';
import { noSessions, type SessionsOn } from '#application/facts/sessions-on.js';
import { staffBinding } from '#application/facts/staff.js';
import { subscriberBinding } from '#application/facts/subscriber.js';
import { tokenBinding } from '#application/facts/token.js';
import { type ClockSettings, defaultClockSettings } from '#domain/deadlines/clocks.js';

const time = frenchCivilTime();

/**
 * Every aggregate of the domain with the loader of its facts.
 * @param sessionsOn a member's sessions of one day over all requests
 * @param clocks what the association has set itself
 * @param simulated nobody real is written to
 */
export const bindingsWith = (
  sessionsOn: SessionsOn,
  clocks: ClockSettings = defaultClockSettings,
  simulated = false,
): readonly Binding[] => [
  bind(charterBinding(time)),
  bind(calendarBinding(time)),
  bind(staffBinding(time)),
  bind(tokenBinding()),
  bind(memberBinding(time)),
  bind(accessBinding(time)),
  bind(requestBinding(time, sessionsOn)),
  bind(sessionBinding(time, sessionsOn, clocks.deviationReviewWorkingDays)),
  bind(custodyBinding(time)),
  bind(rightsBinding(time)),
  bind(retentionBinding(time)),
  bind(complaintBinding(time, clocks)),
  bind(incidentBinding(time, clocks.breachHours)),
  bind(associationBinding(time)),
  bind(subscriberBinding(time, simulated)),
  bind(letterBinding()),
  bind(processBinding()),
  bind(refusalBinding()),
];

/** For what needs the declared events only. */
export const bindings: readonly Binding[] = bindingsWith(noSessions);
