import type { LocalDate } from '#kernel/time.js';
import { Day, Text } from '../fields/fields.js';
import { PageQuery } from '../fields/page-queries.js';

export class DeclareClosureBody {
  @Day({ doc: 'First closed day.' })
  declare readonly from: LocalDate;
  @Day({ doc: 'Last closed day.' })
  declare readonly to: LocalDate;
  @Text(120, { doc: 'Why, in French; everybody may read it.', example: 'Congés d’été' })
  declare readonly label: string;
}

export class ClosuresQuery extends PageQuery {
  @Day({ doc: 'Only closures that end on this day or later.', optional: true })
  declare readonly since?: LocalDate;
}
