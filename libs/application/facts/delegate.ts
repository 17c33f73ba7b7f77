import type { CivilTime } from '#domain/calendar/civil-time.js';
import { staff } from '#domain/staff/staff.js';
import { holdsOffice } from '#domain/staff/state.js';
import type { FactsInput } from '../command.js';

/** The person who gives the command is the Director's dated delegate today. */
export async function isDelegate(
  { envelope, reader, now }: Pick<FactsInput<unknown, unknown>, 'envelope' | 'reader' | 'now'>,
  time: CivilTime,
): Promise<boolean> {
  return holdsOffice(await reader.state(staff, envelope.actor), 'director-delegate', time.toLocal(now).date);
}
