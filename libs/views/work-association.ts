import type { Office } from '#domain/staff/events.js';
import type { LocalDate } from '#kernel/time.js';
import { recordsOf, standingOf } from './association-records.js';
import { type CharterDocument, chartersView } from './charters.js';
import { localDayOf } from './local-day.js';
import { findAll, type ViewDeps } from './query.js';
import { type StaffDocument, staffView } from './staff.js';

/** What the association itself has to put in order. Empty lists, insurance and mediator in order: nothing. */
export interface AssociationDuties {
  /** Offices of article 11 that nobody holds today, or that more than one person does. */
  readonly offices: readonly {
    readonly office: Office;
    readonly state: 'vacant' | 'several';
    readonly holders: readonly string[];
  }[];
  /** Technicians at work whose last undertaking names an older version of the charter: valid, to be renewed (5.2). */
  readonly undertakingsToRenew: readonly {
    readonly staffId: string;
    readonly signedOn: LocalDate;
    readonly charterVersionId: string;
  }[];
  /** Cover today (6.2). */
  readonly insurance: 'in-order' | 'missing' | 'expired';
  /** Whom final answers name (6.3): without one, nobody can be told where to turn. */
  readonly mediator: 'in-order' | 'missing';
}

/** The offices that article 11 names; a delegate of the Director is nobody's duty to have. */
const NAMED: readonly Office[] = ['president', 'director', 'support-lead'];

interface Dated {
  readonly from: LocalDate;
  readonly until?: LocalDate | undefined;
}
const holdsOn = ({ from, until }: Dated, day: LocalDate): boolean =>
  from <= day && (until === undefined || day <= until);

export async function associationDuties({
  viewStore,
  now,
}: Pick<ViewDeps, 'viewStore' | 'now'>): Promise<AssociationDuties> {
  const day = localDayOf(now);
  const [people, versions, records] = await Promise.all([
    findAll<StaffDocument>(viewStore, staffView.schema, {
      collection: 'staff',
      orderBy: { field: 'registeredAt', direction: 'asc' },
    }),
    findAll<CharterDocument>(viewStore, chartersView.schema, {
      collection: 'versions',
      where: [{ field: 'effectiveFrom', op: 'lte', value: day }],
      orderBy: { field: 'effectiveFrom', direction: 'desc' },
    }),
    recordsOf({ viewStore }),
  ]);
  const offices = NAMED.flatMap((office) => {
    const holders = people
      .filter((one) => one.offices.some((term) => term.office === office && holdsOn(term, day)))
      .map(({ staffId }) => staffId);
    if (holders.length === 1) return [];
    return [{ office, state: holders.length === 0 ? ('vacant' as const) : ('several' as const), holders }];
  });
  const current = (kind: string) => records.some((one) => one.kind === kind && standingOf(one, day) === 'current');
  const insured = records.some(({ kind }) => kind === 'insurance');
  return {
    offices,
    insurance: current('insurance') ? 'in-order' : insured ? 'expired' : 'missing',
    mediator: current('mediator') ? 'in-order' : 'missing',
    undertakingsToRenew: toRenew(people, versions[0]?.charterVersionId, day),
  };
}

function toRenew(people: readonly StaffDocument[], inForce: string | undefined, day: LocalDate) {
  return people.flatMap(({ staffId, habilitations, undertakings }) => {
    const last = [...undertakings].sort((one, other) => (one.signedOn < other.signedOn ? 1 : -1))[0];
    const atWork = habilitations.some((period) => holdsOn(period, day));
    if (!atWork || last === undefined || inForce === undefined) return [];
    return undertakings.some(({ charterVersionId }) => charterVersionId === inForce) ? [] : [{ staffId, ...last }];
  });
}
