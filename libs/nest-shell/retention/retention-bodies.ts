import type { LocalDate } from '#kernel/time.js';
import { Day, Flag, Pattern } from '../fields/fields.js';
import { WaitQuery } from '../fields/page-queries.js';

export class RetentionQuery extends WaitQuery {
  @Pattern(/^\d{4}-(0[1-9]|1[0-2])$/, 'un mois, par exemple 2027-06', {
    doc: 'What leaves until the end of this month (Europe/Paris); of the present one when left out.',
    optional: true,
  })
  declare readonly month?: string;
}

export class RunRetentionBody {
  @Flag({ doc: 'Only say what the run would take and leave.', optional: true })
  declare readonly dry?: boolean;
  @Day({ doc: 'The day that the run is for; today when left out. To come only for a dry run.', optional: true })
  declare readonly day?: LocalDate;
}
