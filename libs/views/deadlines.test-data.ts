import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { calendar } from '#domain/calendar/calendar.js';
import { charterEvents } from '#domain/charter/events.js';
import { complaint } from '#domain/complaint/complaint.js';
import { at } from '#domain/complaint/complaint-story.fixture.js';
import { custodyEvents } from '#domain/custody/events.js';
import { incidentEvents } from '#domain/incident/events.js';
import { rightsEvents } from '#domain/rights/events.js';
import { sessionEvents } from '#domain/session/events.js';
import { staffEvents } from '#domain/staff/events.js';
import type { Instant } from '#kernel/time.js';
import { memoryVault, type Placed, project, storyteller } from '#testing/view-story.js';
import { deadlineViews } from './deadlines.js';

/** When everything of these stories was recorded: a Monday. */
export const NOW = at('2026-06-08T10:00:00+02:00');

const declared = [
  ...complaint.events,
  ...custodyEvents,
  ...incidentEvents,
  ...rightsEvents,
  ...staffEvents,
  ...calendar.events,
  ...charterEvents,
  ...sessionEvents,
];

/** The views once these streams were told, asked at a moment. */
export async function told(
  now: string,
  ...streams: readonly (readonly [stream: string, ...events: readonly unknown[]])[]
) {
  const tell = storyteller(declared, memoryVault());
  const placed: Placed[] = [];
  for (const [stream, ...events] of streams) placed.push(...(await tell(stream, NOW, ...(events as never[]))));
  let viewStore = await project(deadlineViews[0] as never, placed);
  for (const view of deadlineViews.slice(1)) viewStore = await project(view, placed, viewStore);
  return { viewStore, now: now as Instant, civilTime: frenchCivilTime() };
}
