import {
  type DeadlineKind,
  type DeadlineOwner,
  deadlineKinds,
  deadlineOwners,
  type Urgency,
  urgencies,
} from '#views/deadline-line.js';
import { OneOf } from '../fields/fields.js';
import { PageQuery } from '../fields/page-queries.js';

export class DeadlinesQuery extends PageQuery {
  @OneOf(deadlineOwners, { doc: 'Only those that this office has to act on.', optional: true })
  declare readonly owner?: DeadlineOwner;
  @OneOf(urgencies, { doc: 'Only this urgent.', optional: true }) declare readonly urgency?: Urgency;
  @OneOf(deadlineKinds, { doc: 'Only of this kind.', optional: true }) declare readonly kind?: DeadlineKind;
}
