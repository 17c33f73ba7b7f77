import type { Role } from '#domain/shared/facts.js';
import { covers, people } from '#views/deadline-papers.js';
import { localDayOf } from '#views/local-day.js';
import type { Temoin } from '../temoin.js';

/** Who acts for an office that nobody holds (11), in the order in which it falls back. */
const FALLS_BACK: readonly (readonly [office: string, role: Role, instead: Role])[] = [
  ['support-lead', 'SupportLead', 'Director'],
  ['director', 'Director', 'President'],
];

/** Those whom a reminder is for, and whoever stands in today for an office that is vacant: it is never said to nobody. */
export async function withStandIns(
  { viewStore, clock }: Pick<Temoin, 'viewStore' | 'clock'>,
  to: readonly Role[],
): Promise<readonly Role[]> {
  if (to.length === 0) return to;
  const staff = await people({ viewStore });
  const today = localDayOf(clock.now());
  const isVacant = (office: string): boolean =>
    !staff.some(({ offices }) => offices.some((one) => one.office === office && covers(one, today)));
  const told = [...to];
  for (const [office, role, instead] of FALLS_BACK)
    if (told.includes(role) && !told.includes(instead) && isVacant(office)) told.push(instead);
  return told;
}
