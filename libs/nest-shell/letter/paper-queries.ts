import { OneOf, Pattern } from '../fields/fields.js';
import { PurposeQuery, WaitQuery } from '../fields/page-queries.js';

const formats = ['json', 'html', 'text'] as const;
export type PaperFormat = (typeof formats)[number];
const FORMAT = { doc: '`json` when left out; `html` is the page to print.', optional: true } as const;

export class PaperQuery extends WaitQuery {
  @OneOf(formats, FORMAT) declare readonly format?: PaperFormat;
}

export class FilledPaperQuery extends PurposeQuery {
  @OneOf(formats, FORMAT) declare readonly format?: PaperFormat;
}

export class StatisticsQuery extends PaperQuery {
  @Pattern(/^2\d{3}$/, 'une année, par exemple 2026', {
    doc: 'The year; the current one when left out.',
    optional: true,
    example: '2026',
  })
  declare readonly year?: string;
}
