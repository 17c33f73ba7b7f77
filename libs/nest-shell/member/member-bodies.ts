import {
  type ContactChannel,
  contactChannels,
  type MembershipStatus,
  membershipStatuses,
  type RepresentativeCapacity,
  representativeCapacities,
} from '#domain/member/events.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { Day, Flag, Moment, OneOf, Text } from '../fields/fields.js';
import { PageQuery } from '../fields/page-queries.js';
import { QueryFlag, Sort } from '../fields/query-fields.js';

export class RegisterMemberBody {
  @Text(40, { doc: 'Membership number.' })
  declare readonly membershipNumber: string;
  @Text(200, { doc: 'Name.' })
  declare readonly name: string;
  @Text(254, { doc: 'E-mail address.', optional: true })
  declare readonly email?: string;
  @Text(40, { doc: 'Telephone.', optional: true })
  declare readonly phone?: string;
  @Text(500, { doc: 'Postal address.', optional: true })
  declare readonly postalAddress?: string;
  @OneOf(membershipStatuses, { doc: 'State of the membership.' })
  declare readonly status: MembershipStatus;
  @Flag({ doc: 'Under age.' })
  declare readonly minor: boolean;
}

const identityReasons = ['typing-error', 'change-of-situation', 'member-request', 'other'] as const;

export class CorrectMemberBody {
  @Text(40, { doc: 'Membership number.', optional: true })
  declare readonly membershipNumber?: string;
  @Text(200, { doc: 'Name.', optional: true })
  declare readonly name?: string;
  @Text(254, { doc: 'E-mail address.', optional: true })
  declare readonly email?: string;
  @Text(40, { doc: 'Telephone.', optional: true })
  declare readonly phone?: string;
  @Text(500, { doc: 'Postal address.', optional: true })
  declare readonly postalAddress?: string;
  @OneOf(identityReasons, { doc: 'Why.' })
  declare readonly reason: (typeof identityReasons)[number];
}

export class OnDayBody {
  @Day({ doc: 'From which day.' })
  declare readonly on: LocalDate;
}

export class RecordRepresentativeBody {
  @OneOf(representativeCapacities, { doc: 'In what capacity.' })
  declare readonly capacity: RepresentativeCapacity;
  @Text(200, { doc: 'Name of the representative.' })
  declare readonly name: string;
  @Text(500, { doc: 'Why this person may: judgment, mandate, presence at the member’s side.' })
  declare readonly basis: string;
}

export class SubscriptionBody {
  @Moment({ doc: 'When the member said so.' })
  declare readonly at: Instant;
  @OneOf(contactChannels, { doc: 'How.' })
  declare readonly channel: ContactChannel;
}

export class MembersQuery extends PageQuery {
  @Sort('registeredAt') declare readonly sort?: 'registeredAt' | '-registeredAt';
  @OneOf(['active', 'lapsed', 'left'], { doc: 'State of the membership.', optional: true })
  declare readonly status?: 'active' | 'lapsed' | 'left';
  @QueryFlag('Only those whose data is kept and not used, or only the others.')
  declare readonly restricted?: 'true' | 'false';
}

/** In a body, not in the address: names have no place in URLs. */
export class SearchMembersBody {
  @Text(200, { doc: 'Words of the name, membership number or telephone.' })
  declare readonly text: string;
}
