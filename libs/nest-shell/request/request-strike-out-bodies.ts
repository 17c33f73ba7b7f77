import { type TextReason, textReasons } from '#domain/request/codes.js';
import { Id, OneOf, Pattern } from '../fields/fields.js';

export class ReportRequestTextBody {
  @Id({ doc: 'The event that holds the text, from `texts` of the request.' })
  declare readonly targetEventId: string;
  @Pattern(/^[A-Za-z]{1,40}$/, 'un nom de champ', { doc: 'Which of its texts.', example: 'problem' })
  declare readonly field: string;
  @OneOf(textReasons, { doc: 'What was found there. Never the text itself.' })
  declare readonly reason: TextReason;
}
