import { type Role, roles } from '#domain/shared/facts.js';
import type { Instant } from '#kernel/time.js';
import { Id, Moment, SomeOf } from '../fields/fields.js';
import { PageQuery } from '../fields/page-queries.js';

export class IssueTokenBody {
  @Id({ doc: 'The person whom the token stands for.' })
  declare readonly staffId: string;
  @SomeOf(roles, 1, { doc: 'Roles of the token.', example: ['Technician'] })
  declare readonly roles: readonly Role[];
  @Moment({ doc: 'When it stops working.' })
  declare readonly expiresAt: Instant;
}

export class TokensQuery extends PageQuery {
  @Id({ doc: 'Only tokens of this person.', optional: true })
  declare readonly staffId?: string;
}
