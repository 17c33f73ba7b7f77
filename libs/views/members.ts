import type { RestrictionGround, SealedMemberEvent } from '#domain/member/events.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { changesOf, collection, textOf } from './change.js';
import {
  equals,
  findAll,
  findPage,
  type ListAnswer,
  listAnswer,
  openWithin,
  type PageParams,
  type Unsealed,
  type ViewDeps,
} from './query.js';
import type { ViewDefinition } from './view.js';

/** What a member's identity is made of, sealed; each correction replaces the fields it names. */
export interface MemberIdentity {
  readonly membershipNumber?: Sealed<string>;
  readonly name?: Sealed<string>;
  readonly email?: Sealed<string>;
  readonly phone?: Sealed<string>;
  readonly postalAddress?: Sealed<string>;
}

/** Since when and why a member's data is not used, and when they were told that this ends. */
export interface MemberRestriction {
  readonly ground: RestrictionGround;
  readonly restrictedAt: Instant;
  readonly rightsId?: string;
  readonly liftAnnouncedAt?: Instant;
}

export interface MemberDocument {
  readonly memberId: string;
  /** Of the member's stream; If-Match and the search index use it. */
  readonly revision: number;
  readonly registeredAt: Instant;
  readonly status: 'active' | 'lapsed' | 'left';
  readonly minor: boolean;
  readonly subscribed: boolean;
  readonly unsubscribedAt?: Instant;
  readonly leftOn?: LocalDate;
  /** Kept and not used (GDPR 18); such a member is on no work list. */
  readonly restricted: boolean;
  readonly restriction?: MemberRestriction;
  readonly identity: MemberIdentity;
  readonly representatives: readonly {
    readonly representativeId: string;
    readonly capacity: string;
    readonly name: Sealed<string>;
    readonly basis?: Sealed<string>;
  }[];
}

const IDENTITY = ['membershipNumber', 'name', 'email', 'phone', 'postalAddress'] as const;

/** The identity fields that an event of the member's stream carries. */
export function identityIn(event: { readonly data: Readonly<Record<string, unknown>> }): MemberIdentity {
  const found = IDENTITY.flatMap((field) => (event.data[field] === undefined ? [] : [[field, event.data[field]]]));
  return Object.fromEntries(found) as MemberIdentity;
}

function fold(before: MemberDocument | undefined, event: SealedMemberEvent): MemberDocument | undefined {
  const { revision, recordedAt } = event.meta;
  if (event.type === 'MemberRegistered') {
    return {
      memberId: event.data.memberId,
      revision,
      registeredAt: recordedAt,
      status: event.data.status,
      minor: event.data.minor,
      subscribed: true,
      restricted: false,
      identity: identityIn(event),
      representatives: before?.representatives ?? [],
    };
  }
  if (before === undefined) return undefined;
  const after = { ...before, revision };
  switch (event.type) {
    case 'MemberIdentityCorrected':
      return { ...after, identity: { ...before.identity, ...identityIn(event) } };
    case 'MembershipLapsed':
      return { ...after, status: 'lapsed' };
    case 'MembershipRenewed':
      return { ...after, status: 'active' };
    case 'MemberLeft':
      return { ...after, status: 'left', leftOn: event.data.on };
    case 'ServiceUnsubscribed':
      return { ...after, subscribed: false, unsubscribedAt: event.data.at };
    case 'ServiceResubscribed': {
      const { unsubscribedAt: _, ...rest } = after;
      return { ...rest, subscribed: true };
    }
    case 'RepresentativeRecorded': {
      const { representativeId, capacity, name, basis } = event.data;
      const others = before.representatives.filter((one) => one.representativeId !== representativeId);
      return { ...after, representatives: [...others, { representativeId, capacity, name, basis }] };
    }
    case 'ProcessingRestricted': {
      const { ground, restrictedAt, rightsId } = event.data;
      const about = rightsId === undefined ? {} : { rightsId };
      return { ...after, restricted: true, restriction: { ground, restrictedAt, ...about } };
    }
    case 'RestrictionLiftAnnounced': {
      const { restriction } = before;
      return restriction ? { ...after, restriction: { ...restriction, liftAnnouncedAt: event.data.warnedAt } } : after;
    }
    case 'RestrictionLifted': {
      const { restriction: _, ...rest } = after;
      return { ...rest, restricted: false };
    }
    default:
      return after;
  }
}

/** Members: status readable, identity sealed. Search by name lives in memory (member-search.ts), never here. */
export const membersView: ViewDefinition = {
  schema: {
    name: 'members',
    version: 2,
    collections: [
      collection('members', { status: 'text', registeredAt: 'text', subscribed: 'boolean', restricted: 'boolean' }, [
        ['registeredAt'],
        ['status', 'registeredAt'],
        ['restricted', 'registeredAt'],
      ]),
    ],
  },
  streamPrefixes: ['member-'],
  changes: changesOf<MemberDocument, SealedMemberEvent>('members', (event) => textOf(event.data, 'memberId'), fold),
};

/** A member in a list: who, and no more than is needed to tell two people apart. */
export interface MemberSummary {
  readonly memberId: string;
  readonly status: MemberDocument['status'];
  readonly subscribed: boolean;
  /** The mark: this member's data is kept, not used. */
  readonly restricted: boolean;
  readonly registeredAt: Instant;
  readonly name: Unsealed<Sealed<string>> | null;
  readonly membershipNumber: Unsealed<Sealed<string>> | null;
}

export interface MembersParams extends PageParams {
  readonly status?: MemberDocument['status'];
  readonly restricted?: boolean;
  /** `registeredAt` or `-registeredAt` (default). */
  readonly sort?: 'registeredAt' | '-registeredAt';
}

export async function listMembers(deps: ViewDeps, params: MembersParams): Promise<ListAnswer<MemberSummary>> {
  const page = await findPage<MemberDocument>(
    deps.viewStore,
    membersView.schema,
    {
      collection: 'members',
      where: equals({ status: params.status, restricted: params.restricted }),
      orderBy: { field: 'registeredAt', direction: params.sort === 'registeredAt' ? 'asc' : 'desc' },
    },
    params,
  );
  return listAnswer(await summaries(deps, page.documents), page.asOf, page.next);
}

/** Members by id, in the order given, those unknown left out: what a search found, or the people of a list. */
export async function membersById(
  deps: Pick<ViewDeps, 'viewStore' | 'opener'>,
  ids: readonly string[],
): Promise<readonly MemberSummary[]> {
  const found = await deps.viewStore.load(membersView.schema, 'members', [...new Set(ids)]);
  const documents = ids.flatMap((id) => {
    const one = found.get(id);
    return one === undefined ? [] : [one.document as unknown as MemberDocument];
  });
  return summaries(deps, documents);
}

function summaries(
  { opener }: Pick<ViewDeps, 'opener'>,
  documents: readonly MemberDocument[],
): Promise<readonly MemberSummary[]> {
  const needed = documents.map(({ memberId, status, subscribed, restricted, registeredAt, identity }) => ({
    memberId,
    status,
    subscribed,
    restricted,
    registeredAt,
    name: identity.name ?? null,
    membershipNumber: identity.membershipNumber ?? null,
  }));
  return openWithin(opener, needed) as Promise<readonly MemberSummary[]>;
}

/** The whole file of one member, opened; undefined when there is no such member. */
export async function getMember(
  { viewStore, opener }: Pick<ViewDeps, 'viewStore' | 'opener'>,
  memberId: string,
): Promise<Unsealed<MemberDocument> | undefined> {
  const document = await viewStore.get(membersView.schema, 'members', memberId);
  return document === undefined ? undefined : openWithin(opener, document as unknown as MemberDocument);
}

/** Ids of the members whose data is kept and not used. Few by nature. */
export const restrictedMembers = async ({ viewStore }: Pick<ViewDeps, 'viewStore'>): Promise<ReadonlySet<string>> => {
  const found = await findAll<MemberDocument>(viewStore, membersView.schema, {
    collection: 'members',
    where: equals({ restricted: true }),
    orderBy: { field: 'registeredAt', direction: 'asc' },
  });
  return new Set(found.map(({ memberId }) => memberId));
};
