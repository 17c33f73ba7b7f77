import { abandonReasons, type LetterTemplate, letterTemplates } from '#domain/letter/codes.js';
import { type LetterStanding, letterStandings } from '#domain/letter/state.js';
import { Id, OneOf } from '../fields/fields.js';
import { PageQuery, PurposeQuery } from '../fields/page-queries.js';

const handedOver = ['post', 'in-person'] as const;
export class MarkPrintedBody {
  @OneOf(handedOver, { doc: 'How it was handed over.' })
  declare readonly handedOver: (typeof handedOver)[number];
}

export class AbandonLetterBody {
  @OneOf(abandonReasons, { doc: 'Why it does not leave.' })
  declare readonly reason: (typeof abandonReasons)[number];
}

export class LettersQuery extends PageQuery {
  @OneOf(letterStandings, { doc: 'Only in this state.', optional: true }) declare readonly standing?: LetterStanding;
  @OneOf(letterTemplates, { doc: 'Only of this kind.', optional: true }) declare readonly template?: LetterTemplate;
  @Id({ doc: 'Only to this member.', optional: true }) declare readonly memberId?: string;
  @Id({ doc: 'Only about this session.', optional: true }) declare readonly sessionId?: string;
  @Id({ doc: 'Only about this complaint.', optional: true }) declare readonly complaintId?: string;
}

const formats = ['json', 'html', 'text'] as const;
export class LetterQuery extends PurposeQuery {
  @OneOf(formats, { doc: '`json` when left out; `html` is the page to print.', optional: true })
  declare readonly format?: (typeof formats)[number];
}
