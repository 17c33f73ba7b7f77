import type { Instant, LocalDate } from '#kernel/time.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { type AppointmentDocument, appointmentsView } from '#views/appointments.js';
import { journalView } from '#views/journal.js';
import type { JournalDocument } from '#views/journal-document.js';
import { plusDays, startOfLocalDay } from '#views/local-day.js';
import { equals, findAll } from '#views/query.js';

export interface SessionThatDay {
  readonly sessionId: string;
  readonly startsAt: Instant;
  /** It took place or is taking place; false: an appointment that is kept. */
  readonly begun: boolean;
}

/**
 * A member's sessions of one day, over all requests (anti-splitting, A3). No stream knows them all, so the views are
 * asked. They may be some milliseconds behind: enough, since what is found is flagged and never refused. Sessions of the
 * request at hand are read from their own streams instead.
 */
export type SessionsOn = (memberId: string, day: LocalDate) => Promise<readonly SessionThatDay[]>;

/** For tools that decide no command of requests or sessions. */
export const noSessions: SessionsOn = async () => [];

/** Reads the views of appointments and of the journal; nothing personal is opened. */
export const sessionsOnFrom =
  (viewStore: ViewStore): SessionsOn =>
  async (memberId, day) => {
    const until = startOfLocalDay(plusDays(day, 1));
    const [appointments, sessions] = await Promise.all([
      findAll<AppointmentDocument>(viewStore, appointmentsView.schema, {
        collection: 'appointments',
        where: equals({ memberId, localDay: day }),
      }),
      findAll<JournalDocument>(viewStore, journalView.schema, {
        collection: 'sessions',
        where: [
          ...equals({ memberId }),
          { field: 'startedAt', op: 'gte', value: startOfLocalDay(day) },
          { field: 'startedAt', op: 'lt', value: until },
        ],
      }),
    ]);
    const found = new Map<string, SessionThatDay>();
    for (const { sessionId, startsAt, status } of appointments)
      if (status === 'booked') found.set(sessionId, { sessionId, startsAt, begun: false });
    for (const { sessionId, startedAt } of sessions)
      if (startedAt !== undefined) found.set(sessionId, { sessionId, startsAt: startedAt, begun: true });
    return [...found.values()];
  };
