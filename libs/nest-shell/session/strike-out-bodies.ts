import { type StrikeOutReason, strikeOutReasons } from '#domain/session/codes.js';
import { type StrikeOutDecision, strikeOutDecisions } from '#domain/shared/strike-out.js';
import { Id, OneOf, Pattern } from '../fields/fields.js';
import { PageQuery } from '../fields/page-queries.js';
import { Sort } from '../fields/query-fields.js';

export class RequestStrikeOutBody {
  @Id({ doc: 'The event that holds the text, from the journal entry.' })
  declare readonly targetEventId: string;
  @Pattern(/^[A-Za-z]{1,40}$/, 'un nom de champ', { doc: 'Which of its texts.', example: 'description' })
  declare readonly field: string;
  @OneOf(strikeOutReasons, { doc: 'What was found there. Never the text itself.' })
  declare readonly reason: StrikeOutReason;
}

export class DecideStrikeOutBody {
  @OneOf(strikeOutDecisions, { doc: '`granted`: the text is destroyed for ever.' })
  declare readonly decision: StrikeOutDecision;
}

const states = ['waiting', 'granted', 'refused'] as const;
export class StrikeOutsQuery extends PageQuery {
  @Sort('requestedAt') declare readonly sort?: 'requestedAt' | '-requestedAt';
  @OneOf(states, { doc: 'Only in this state.', optional: true }) declare readonly state?: (typeof states)[number];
  @Id({ doc: 'Only of this member.', optional: true }) declare readonly memberId?: string;
  @Id({ doc: 'Only of this session.', optional: true }) declare readonly sessionId?: string;
  @Id({ doc: 'Only of this request.', optional: true }) declare readonly requestId?: string;
}
