import { deviationCodes } from '#domain/shared/deviation.js';
import type { LocalDate } from '#kernel/time.js';
import { Day, Id, OneOf, Pattern, Text, Whole } from '../fields/fields.js';
import { type Purpose, PurposeOf } from '../fields/query-fields.js';

/** In a body, not in the address: what is looked for says something about somebody. */
export class SearchJournalBody {
  @Text(200, { doc: 'Words that an entry must hold; accents and case do not count.', example: 'imprimante pilote' })
  declare readonly text: string;
  @PurposeOf(false) declare readonly purpose: Purpose;
  @Day({ doc: 'Sessions from this day on (Europe/Paris).', optional: true }) declare readonly from?: LocalDate;
  @Day({ doc: 'Sessions up to this day, included.', optional: true }) declare readonly to?: LocalDate;
  @Id({ doc: 'Only by this technician.', optional: true }) declare readonly technicianId?: string;
  @Id({ doc: 'Only of this member.', optional: true }) declare readonly memberId?: string;
  @OneOf(deviationCodes, { doc: 'Only with this deviation.', optional: true }) declare readonly deviation?: string;
  @Pattern(/^[A-Z0-9]{1,2}(\.\d{1,2})?$/, 'un article de la charte, tel que 7.2', {
    doc: 'Only with a deviation from this article of the charter.',
    optional: true,
    example: '7.2',
  })
  declare readonly article?: string;
  @OneOf(['relevance', 'startedAt', '-startedAt'], { doc: 'Order; by relevance when left out.', optional: true })
  declare readonly sort?: 'relevance' | 'startedAt' | '-startedAt';
  @Whole(1, 50, { doc: 'How many entries; 20 when left out.', optional: true, example: 20 })
  declare readonly limit?: number;
  @Pattern(/^[A-Za-z0-9_-]{1,400}$/, '« next » de la page précédente', {
    doc: '`next` of the page before, with the same words, filters and order.',
    optional: true,
    example: 'WzEuMiwiMjAyNi0wNi0wMlQwODowMDowMC4wMDBaIiwiYS4xIl0',
  })
  declare readonly cursor?: string;
}
