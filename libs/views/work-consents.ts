import { type AppointmentDocument, appointmentsView } from './appointments.js';
import { type CharterDocument, chartersView } from './charters.js';
import { withoutDestroyed } from './destroyed-among.js';
import { localDayOf, startOfLocalDay } from './local-day.js';
import { findAll, type ViewDeps } from './query.js';
import type { WorkPart } from './work-part.js';

/** An appointment whose consent was given on a version of the charter that is no longer in force on its day. */
export interface ConsentToRenew {
  readonly appointment: AppointmentDocument;
  /** The version to consent on. */
  readonly charterVersionId: string;
}

/**
 * Consents that a new version of the charter overtakes before their session: the start would be refused (10.2). Each asks
 * for the new version to be read and accepted, soonest first.
 */
export async function consentsToRenew(
  { viewStore, now }: Pick<ViewDeps, 'viewStore' | 'now'>,
  hidden: ReadonlySet<string>,
  limit: number,
): Promise<WorkPart<ConsentToRenew>> {
  const [booked, versions] = await Promise.all([
    findAll<AppointmentDocument>(viewStore, appointmentsView.schema, {
      collection: 'appointments',
      where: [
        { field: 'status', op: 'eq', value: 'booked' },
        { field: 'consent', op: 'eq', value: 'given' },
        { field: 'startsAt', op: 'gte', value: startOfLocalDay(localDayOf(now)) },
      ],
      orderBy: { field: 'startsAt', direction: 'asc' },
    }),
    findAll<CharterDocument>(viewStore, chartersView.schema, {
      collection: 'versions',
      orderBy: { field: 'effectiveFrom', direction: 'desc' },
    }),
  ]);
  const stale = (await withoutDestroyed(viewStore, booked)).flatMap((appointment): readonly ConsentToRenew[] => {
    const then = versions.find(({ effectiveFrom }) => effectiveFrom <= appointment.localDay);
    if (then === undefined || hidden.has(appointment.memberId)) return [];
    const { charterVersionId } = then;
    return charterVersionId === appointment.consentCharterVersionId ? [] : [{ appointment, charterVersionId }];
  });
  return { items: stale.slice(0, limit), total: stale.length };
}
