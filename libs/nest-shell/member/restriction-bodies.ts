import {
  type ContactChannel,
  contactChannels,
  type RestrictionGround,
  restrictionGrounds,
} from '#domain/member/events.js';
import type { Instant } from '#kernel/time.js';
import { Id, Moment, OneOf } from '../fields/fields.js';

export class RestrictProcessingBody {
  @OneOf(restrictionGrounds, { doc: 'Ground of GDPR 18(1).' })
  declare readonly ground: RestrictionGround;
  @Id({ doc: 'The case in which the member asked for it.', optional: true })
  declare readonly rightsId?: string;
}

export class AnnounceLiftBody {
  @Moment({ doc: 'When the member was told (GDPR 18(3)); after the restriction began.' })
  declare readonly warnedAt: Instant;
  @OneOf(contactChannels, { doc: 'How.' })
  declare readonly channel: ContactChannel;
}
