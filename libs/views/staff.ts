import type { SealedStaffEvent } from '#domain/staff/events.js';
import type { Sealed } from '#kernel/sealed.js';
import type { LocalDate } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import { plusDays } from './local-day.js';
import {
  findPage,
  type ListAnswer,
  listAnswer,
  openWithin,
  type PageParams,
  type Unsealed,
  type ViewDeps,
} from './query.js';
import type { ViewDefinition } from './view.js';

interface Dated {
  readonly from: LocalDate;
  readonly until?: LocalDate | undefined;
}

export interface StaffDocument {
  readonly staffId: string;
  readonly revision: number;
  readonly registeredAt: string;
  readonly name: Sealed<string>;
  readonly email?: Sealed<string>;
  readonly phone?: Sealed<string>;
  readonly offices: readonly (Dated & { readonly office: string })[];
  readonly habilitations: readonly (Dated & { readonly reason?: string })[];
  readonly undertakings: readonly { readonly signedOn: LocalDate; readonly charterVersionId: string }[];
  readonly skills: readonly { readonly software: string; readonly evidenceDate: LocalDate }[];
}

/** Ends what was running: `day` is the first day without it, `until` the last day with it. */
const endBefore = <D extends Dated>(list: readonly D[], day: LocalDate, more: Partial<D> = {}): readonly D[] =>
  list.map((one) =>
    one.until === undefined || one.until >= day ? { ...one, ...more, until: plusDays(day, -1) } : one,
  );

function fold(before: StaffDocument | undefined, event: SealedStaffEvent): StaffDocument | undefined {
  const { revision, recordedAt } = event.meta;
  if (event.type === 'StaffRegistered') {
    const { staffId, name, email, phone } = event.data;
    return {
      staffId,
      revision,
      registeredAt: recordedAt,
      name,
      ...(email === undefined ? {} : { email }),
      ...(phone === undefined ? {} : { phone }),
      offices: [],
      habilitations: [],
      undertakings: [],
      skills: [],
    };
  }
  if (before === undefined) return undefined;
  const after = { ...before, revision };
  switch (event.type) {
    case 'OfficeHolderAppointed': {
      const { office, from, until } = event.data;
      return { ...after, offices: [...before.offices, { office, from, ...(until === undefined ? {} : { until }) }] };
    }
    case 'OfficeHolderDismissed': {
      const { office, on } = event.data;
      const others = before.offices.filter((one) => one.office !== office);
      return {
        ...after,
        offices: [
          ...others,
          ...endBefore(
            before.offices.filter((one) => one.office === office),
            on,
          ),
        ],
      };
    }
    case 'TechnicianAuthorised': {
      const { from, until } = event.data;
      return {
        ...after,
        habilitations: [...before.habilitations, { from, ...(until === undefined ? {} : { until }) }],
      };
    }
    case 'TechnicianRevoked':
      return { ...after, habilitations: endBefore(before.habilitations, event.data.on, { reason: event.data.reason }) };
    case 'ConfidentialityUndertakingSigned': {
      const { signedOn, charterVersionId } = event.data;
      return { ...after, undertakings: [...before.undertakings, { signedOn, charterVersionId }] };
    }
    case 'TechnicianSkillRecorded': {
      const { software, evidenceDate } = event.data;
      const others = before.skills.filter((one) => one.software !== software);
      return { ...after, skills: [...others, { software, evidenceDate }] };
    }
    default:
      return after;
  }
}

/** Staff: office-holders and technicians with their dated papers (11 a–c, 4.4 b, 5.2, 1.2 c). */
export const staffView: ViewDefinition = {
  schema: {
    name: 'staff',
    version: 1,
    collections: [collection('staff', { registeredAt: 'text' }, [['registeredAt']])],
  },
  streamPrefixes: ['staff-'],
  changes: changesOf<StaffDocument, SealedStaffEvent>('staff', (event) => textOf(event.data, 'staffId'), fold),
};

export async function listStaff(deps: ViewDeps, params: PageParams): Promise<ListAnswer<Unsealed<StaffDocument>>> {
  const page = await findPage<StaffDocument>(
    deps.viewStore,
    staffView.schema,
    { collection: 'staff', orderBy: { field: 'registeredAt', direction: 'asc' } },
    params,
  );
  return listAnswer(await openWithin(deps.opener, page.documents), page.asOf, page.next);
}

export async function getStaff(
  { viewStore, opener }: Pick<ViewDeps, 'viewStore' | 'opener'>,
  staffId: string,
): Promise<Unsealed<StaffDocument> | undefined> {
  const document = await viewStore.get(staffView.schema, 'staff', staffId);
  return document === undefined ? undefined : openWithin(opener, document as unknown as StaffDocument);
}

/** Names of staff by id, opened: to show who did what. */
export async function staffNames(
  { viewStore, opener }: Pick<ViewDeps, 'viewStore' | 'opener'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Unsealed<Sealed<string>>>> {
  const found = await viewStore.load(staffView.schema, 'staff', [...new Set(ids)]);
  const names = [...found].map(([staffId, one]) => ({
    staffId,
    name: (one.document as unknown as StaffDocument).name,
  }));
  const opened = await openWithin(opener, names);
  return new Map(opened.map((one) => [one.staffId, one.name]));
}

/** Ids of everybody who ever worked for the association. */
export async function staffIds(viewStore: ViewDeps['viewStore']): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const { id } of viewStore.scan(staffView.schema, 'staff')) ids.add(id);
  return ids;
}
