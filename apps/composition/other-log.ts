import { isLogOfViews } from '#application/projection/log-origin.js';
import { SetupFault } from './setup-fault.js';
import type { Stores } from './stores.js';

/**
 * @param project this process builds views: it remembers which log they are of
 * @throws SetupFault `other-log`
 */
export async function refuseOtherLog({ eventStore, viewStore }: Stores, project: boolean): Promise<void> {
  if (await isLogOfViews(eventStore, viewStore, project)) return;
  throw new SetupFault(
    'other-log',
    'The views were built from another event log than the one of TEMOIN_EVENT_STORE. If that log is the right one (after temoin copy, for instance), give TEMOIN_VIEW_STORE an empty place, or move the file of the views away: they are built again from the events. If it is not, correct TEMOIN_EVENT_STORE.',
  );
}
