import { EXPORT_DAYS } from '#domain/access/decide.js';
import { checked, listCheck } from '../fields/checked.js';
import { Id, OneOf, Whole } from '../fields/fields.js';
import { PageQuery, WaitQuery } from '../fields/page-queries.js';

const PLACE = /^[A-Za-z0-9][A-Za-z0-9-]{0,79}\.[A-Za-z]{1,40}$/;
const Places = (): PropertyDecorator =>
  checked(
    'places',
    listCheck(0, 1000, (value) =>
      typeof value === 'string' && PLACE.test(value) ? undefined : 'Format attendu : <événement>.<champ>.',
    ),
    { type: 'array', items: { type: 'string', pattern: PLACE.source }, maxItems: 1000 },
    {
      doc: 'Texts about somebody else, to be masked: `<eventId>.<field>`. People of the association and representatives are masked by themselves.',
      optional: true,
    },
  );

export class IssueExportBody {
  @Id({ doc: 'The case in which the member asked.', optional: true })
  declare readonly rightsId?: string;
  @Whole(1, EXPORT_DAYS, { doc: 'For how many days it may be fetched; 31 when left out.', optional: true })
  declare readonly days?: number;
  @Places()
  declare readonly mask?: readonly string[];
}

export class ExportsQuery extends PageQuery {
  @Id({ doc: 'Only of this member.', optional: true }) declare readonly memberId?: string;
}

export const exportFormats = ['json', 'html', 'portability', 'schema'] as const;
export class ExportQuery extends WaitQuery {
  @OneOf(exportFormats, {
    doc: '`json` when left out; `html` is the page in French; `portability` is the JSON of what the member provided; `schema` is the JSON Schema.',
    optional: true,
  })
  declare readonly format?: (typeof exportFormats)[number];
}
