import { accessEvents } from '#domain/access/events.js';
import { calendarEvents } from '#domain/calendar/events.js';
import { charterEvents } from '#domain/charter/events.js';
import { memberEvents } from '#domain/member/events.js';
import { requestEvents } from '#domain/request/events.js';
import { sessionEvents } from '#domain/session/events.js';
import { staffEvents } from '#domain/staff/events.js';
import { tokenEvents } from '#domain/token/events.js';
import type { EventDefinition } from '#kernel/define-event.js';

/** Every event of the domain, by stream category. */
export const catalogue: readonly (readonly [category: string, events: readonly EventDefinition[]])[] = [
  ['charter', charterEvents],
  ['calendar', calendarEvents],
  ['staff', staffEvents],
  ['token', tokenEvents],
  ['member', memberEvents],
  ['request', requestEvents],
  ['session', sessionEvents],
  ['access', accessEvents],
];
