import type { SealedAssociationEvent } from '#domain/association/events.js';
import type { SealedIncidentEvent } from '#domain/incident/events.js';
import type { SealedMemberEvent } from '#domain/member/events.js';
import { type KeptKind, LAPSED_MONTHS, retentionRules } from '#domain/retention/rules.js';
import type { SealedStaffEvent } from '#domain/staff/events.js';
import type { SealedSubscriberEvent } from '#domain/subscriber/events.js';
import type { SealedTokenEvent } from '#domain/token/events.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { plusDays, startOfLocalDay } from './local-day.js';
import type { KeptDocument } from './retention-documents.js';

type Before = KeptDocument | undefined;

const underWay = (kind: KeptKind, id: string): KeptDocument => {
  const { months } = retentionRules[kind];
  const fixed = months === 'journal' ? {} : { months };
  return { kind, id, memberId: id, state: 'under-way', sessions: [], ...fixed };
};

const began = (one: KeptDocument, endedAt: Instant, more: Partial<KeptDocument> = {}): KeptDocument => ({
  ...one,
  ...more,
  state: 'kept',
  endedAt,
});

function going({ endedAt: _, ...one }: KeptDocument): KeptDocument {
  return { ...one, state: 'under-way' };
}

/** An identity is kept while somebody is a member; whoever only let the membership lapse is waited for longer. */
export function foldMember(before: Before, event: SealedMemberEvent): Before {
  if (event.type === 'MemberRegistered') {
    const fresh = underWay('member', event.data.memberId);
    if (event.data.status === 'active') return fresh;
    return began(fresh, event.meta.recordedAt, { months: LAPSED_MONTHS });
  }
  if (before === undefined) return undefined;
  const { months } = underWay('member', before.id);
  switch (event.type) {
    case 'MembershipLapsed':
      return began(before, startOfLocalDay(event.data.on), { months: LAPSED_MONTHS });
    case 'MemberLeft':
      return began(before, startOfLocalDay(event.data.on), months === undefined ? {} : { months });
    case 'MembershipRenewed':
      return going(before);
    default:
      return before;
  }
}

/** Insurance, mediator and processor: from their last day, where they have one. */
export function foldRecord(before: Before, event: SealedAssociationEvent): Before {
  if (event.type === 'AssociationRecordEnded')
    return before && began(before, startOfLocalDay(plusDays(event.data.on, -1)));
  const { recordId, until } = event.data;
  const kind = KINDS[event.type];
  const fresh = underWay(kind, recordId);
  return until === undefined ? fresh : began(fresh, startOfLocalDay(until));
}
const KINDS = {
  InsurancePolicyRecorded: 'insurance',
  MediatorRecorded: 'mediator',
  ProcessorRecorded: 'processor',
} as const satisfies Readonly<Record<string, KeptKind>>;

/** Who is given the feed: from the end, which is final. */
export function foldSubscriber(before: Before, event: SealedSubscriberEvent): Before {
  if (event.type === 'SubscriberRegistered') return underWay('subscriber', event.data.subscriberId);
  return before && event.type === 'SubscriberEnded' ? began(before, event.meta.recordedAt) : before;
}

/** An incident: from its closing, and from what was sent of it after that. */
export function foldIncident(before: Before, event: SealedIncidentEvent): Before {
  if (event.type === 'IncidentRecorded') return underWay('incident', event.data.incidentId);
  if (before === undefined) return undefined;
  if (event.type === 'IncidentClosed') return began(before, event.data.closedAt);
  const { recordedAt } = event.meta;
  return before.endedAt !== undefined && before.endedAt < recordedAt ? began(before, recordedAt) : before;
}

/**
 * Somebody of the association: from the last day of the last thing that they did or could do there. Whoever was given no
 * function yet, or one without an end, is kept.
 */
export function foldStaff(before: Before, event: SealedStaffEvent | SealedTokenEvent): Before {
  if (event.type === 'StaffRegistered') return underWay('staff', event.data.staffId);
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'OfficeHolderAppointed':
      return withFunction(before, event.data.office, event.data.until);
    case 'TechnicianAuthorised':
      return withFunction(before, 'technician', event.data.until);
    case 'OfficeHolderDismissed':
      return withFunction(before, event.data.office, plusDays(event.data.on, -1));
    case 'TechnicianRevoked':
      return withFunction(before, 'technician', plusDays(event.data.on, -1));
    case 'AccessTokenIssued':
      return withFunction(before, `token ${event.data.tokenId}`, event.data.expiresAt.slice(0, 10) as LocalDate);
    default:
      return before;
  }
}

function withFunction(one: KeptDocument, name: string, until: LocalDate | undefined): KeptDocument {
  const others = (one.functions ?? []).filter((other) => other.name !== name);
  const functions = [...others, { name, ...(until === undefined ? {} : { until }) }];
  const last = functions.map((other) => other.until).sort();
  const held = { ...one, functions };
  if (functions.some((other) => other.until === undefined)) return going(held);
  return began(held, startOfLocalDay(last.at(-1) ?? ('9999-12-31' as LocalDate)));
}
