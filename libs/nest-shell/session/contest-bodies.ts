import {
  type Answer,
  answers,
  type ConsentChannel,
  type ContestOutcome,
  consentChannels,
  contestOutcomes,
  type SecurityAdvice,
  securityAdvices,
} from '#domain/session/codes.js';
import type { Instant } from '#kernel/time.js';
import { Id, Moment, OneOf, SomeOf, Text } from '../fields/fields.js';

export class ContestConsentBody {
  @OneOf(consentChannels, { doc: 'How the member said so.' })
  declare readonly channel: ConsentChannel;
  @Moment({ doc: 'When; now when left out.', optional: true })
  declare readonly at?: Instant;
  @Id({ doc: 'Reference of the letter that the member answers to.', optional: true })
  declare readonly letterId?: string;
  @Id({ doc: 'Event of the consent that is meant; the one that stands when left out.', optional: true })
  declare readonly consentEventId?: string;
  @Text(2000, { doc: 'What the member says of it, when they want to.', optional: true })
  declare readonly remark?: string;
}

export class SettleContestBody {
  @OneOf(contestOutcomes, { doc: 'Whether the consent was as recorded. `not-exact` flags a serious deviation.' })
  declare readonly outcome: ContestOutcome;
  @Text(2000, { doc: 'How it was cleared up with the member.' })
  declare readonly note: string;
}

export class SecurityAdviceBody {
  @SomeOf(securityAdvices, 1, { doc: 'What the member was advised.' })
  declare readonly advices: readonly SecurityAdvice[];
  @Moment({ doc: 'When; now when left out.', optional: true })
  declare readonly at?: Instant;
}

export class BreachTriageBody {
  @OneOf(answers, { doc: '« Des données ont-elles pu être touchées ? »' })
  declare readonly answer: Answer;
  @Text(2000, { doc: 'Why one thinks so.' })
  declare readonly reason: string;
  @Moment({
    doc: 'When somebody of the association knew of it: the 72 hours run from here. Now when left out.',
    optional: true,
  })
  declare readonly awareAt?: Instant;
}
