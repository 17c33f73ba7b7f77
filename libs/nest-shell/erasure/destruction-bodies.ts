import { destructionCauses } from '#domain/custody/events.js';
import { type DestructionStatus, destructionStatuses } from '#views/destructions.js';
import { Id, OneOf } from '../fields/fields.js';
import { PageQuery } from '../fields/page-queries.js';
import { Sort } from '../fields/query-fields.js';

export class DestructionsQuery extends PageQuery {
  @Sort('decidedAt') declare readonly sort?: 'decidedAt' | '-decidedAt';
  @OneOf(destructionStatuses, { doc: 'Only as far as this.', optional: true })
  declare readonly status?: DestructionStatus;
  @OneOf(destructionCauses, { doc: 'Only for this cause.', optional: true })
  declare readonly cause?: (typeof destructionCauses)[number];
  @Id({ doc: 'Only of this member.', optional: true }) declare readonly memberId?: string;
  @Id({ doc: 'Only of this rights case, retention run or report of a text.', optional: true })
  declare readonly reference?: string;
}
