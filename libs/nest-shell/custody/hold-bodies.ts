import { type HoldGround, holdGrounds } from '#domain/custody/events.js';
import type { LocalDate } from '#kernel/time.js';
import { checked, listCheck } from '../fields/checked.js';
import { Day, Id, OneOf, Text } from '../fields/fields.js';
import { PageQuery } from '../fields/page-queries.js';
import { type Purpose, PurposeOf, Sort } from '../fields/query-fields.js';
import { CELL, CELL_EXAMPLE } from '../rights/rights-bodies.js';

const Cells = (doc: string): PropertyDecorator =>
  checked(
    'cells',
    listCheck(1, 2000, (value) =>
      typeof value === 'string' && CELL.test(value) ? undefined : 'La référence d’une donnée est attendue.',
    ),
    { type: 'array', items: { type: 'string', pattern: CELL.source }, minItems: 1, maxItems: 2000 },
    { doc, example: [CELL_EXAMPLE] },
  );

export class PlaceHoldBody {
  @Cells('What may not be destroyed: `<memberId>/session:<id>`, `<memberId>/identity`…')
  declare readonly cells: readonly string[];
  @OneOf(holdGrounds, { doc: 'Why.' })
  declare readonly ground: HoldGround;
  @Id({ doc: 'What the hold is for: a complaint, a file number.', optional: true })
  declare readonly reference?: string;
  @Text(2000, { doc: 'The reason in words; the member may read it.', optional: true })
  declare readonly note?: string;
  @Day({ doc: 'Last day of the hold; five years from now when left out, and at most.', optional: true })
  declare readonly outerBound?: LocalDate;
}

const releaseReasons = ['dispute-closed', 'outer-bound', 'placed-in-error'] as const;
export class ReleaseHoldBody {
  @OneOf(releaseReasons, { doc: 'Why the hold ends.' })
  declare readonly reason: (typeof releaseReasons)[number];
}

export class HoldsQuery extends PageQuery {
  @Sort('reviewOn') declare readonly sort?: 'reviewOn' | '-reviewOn';
  @OneOf(['live', 'released'], { doc: 'Only in this state.', optional: true })
  declare readonly state?: 'live' | 'released';
  @Id({ doc: 'Only of this member.', optional: true }) declare readonly memberId?: string;
}

export class HoldsOfMemberQuery extends PageQuery {
  @PurposeOf(false) declare readonly purpose: Purpose;
}
