import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { type Binding, bind } from '#application/bind.js';
import { accessBinding } from '#application/facts/access.js';
import { calendarBinding } from '#application/facts/calendar.js';
import { charterBinding } from '#application/facts/charter.js';
import { memberBinding } from '#application/facts/member.js';
import { staffBinding } from '#application/facts/staff.js';
import { tokenBinding } from '#application/facts/token.js';

const time = frenchCivilTime();

/** Every aggregate of the domain with the loader of its facts. */
export const bindings: readonly Binding[] = [
  bind(charterBinding(time)),
  bind(calendarBinding(time)),
  bind(staffBinding(time)),
  bind(tokenBinding()),
  bind(memberBinding(time)),
  bind(accessBinding()),
];
