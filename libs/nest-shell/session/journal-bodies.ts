import {
  type ActionCategory,
  type Answer,
  actionCategories,
  answers,
  type BackupAnswer,
  backupAnswers,
  type CorrectionReason,
  type CredentialMethod,
  correctionReasons,
  credentialMethods,
  type FollowUpChannel,
  followUpChannels,
  type NoActionReason,
  type NotObservedReason,
  noActionReasons,
  notObservedReasons,
  type RiskClass,
  riskClasses,
} from '#domain/session/codes.js';
import type { Instant } from '#kernel/time.js';
import { Flag, Id, Moment, OneOf, Pattern, Text, TextList } from '../fields/fields.js';

const NOW = { doc: 'When; now when left out.', optional: true } as const;

export class RecordStateBody {
  @Flag({ doc: 'False: « non constaté », which needs the reason.' })
  declare readonly observed: boolean;
  @Text(4000, { doc: 'Condition of the computer, as observed.', optional: true })
  declare readonly state?: string;
  @OneOf(notObservedReasons, { doc: 'Why it was not observed.', optional: true })
  declare readonly notObservedReason?: NotObservedReason;
  @Moment(NOW) declare readonly at?: Instant;
}

export class RecordBackupAdviceBody {
  @OneOf(backupAnswers, { doc: 'The member’s answer.' })
  declare readonly backupStatus: BackupAnswer;
  @Flag({ doc: 'The advice was shown; must be true.' })
  declare readonly adviceShown: boolean;
  @Moment(NOW) declare readonly at?: Instant;
}

export class RecordActionBody {
  @OneOf(actionCategories, { doc: 'Service of article 1.1; `other` is outside any scope.' })
  declare readonly category: ActionCategory;
  @OneOf(riskClasses, { doc: 'Risky acts of article 2.3.' })
  declare readonly riskClass: RiskClass;
  @Text(4000, { doc: 'What was done. Never what was seen.' })
  declare readonly description: string;
  @Flag({ doc: 'Outside the scope.', optional: true })
  declare readonly outOfScope?: boolean;
  @Flag({ doc: 'True: it is done, a fact. Otherwise it is about to be done.', optional: true })
  declare readonly alreadyDone?: boolean;
  @Moment(NOW) declare readonly performedAt?: Instant;
}

export class StateNoActionBody {
  @OneOf(noActionReasons, { doc: 'Why nothing was done.' })
  declare readonly reason: NoActionReason;
  @Moment(NOW) declare readonly at?: Instant;
}

export class NoteBody {
  @Text(4000, { doc: 'The text. Never passwords, card or account numbers.' })
  declare readonly text: string;
  @Moment(NOW) declare readonly at?: Instant;
}

export class RecordCredentialBody {
  @OneOf(credentialMethods, { doc: 'What kind. There is no field for its value.' })
  declare readonly method: CredentialMethod;
  @Flag({ doc: 'The member was told to change it afterwards.' })
  declare readonly changeAdvised: boolean;
  @Moment(NOW) declare readonly at?: Instant;
}

export class RecordRecommendationsBody {
  @Flag({ doc: 'True: none, said explicitly.' })
  declare readonly none: boolean;
  @TextList(1, 20, 2000, { doc: 'The recommendations.', optional: true })
  declare readonly recommendations?: readonly string[];
  @Moment(NOW) declare readonly at?: Instant;
}

export class AskFollowUpBody {
  @OneOf(followUpChannels, { doc: 'How.' })
  declare readonly channel: FollowUpChannel;
  @Moment(NOW) declare readonly at?: Instant;
}

const passwordAnswers = [...answers, 'not-applicable'] as const;

export class AnswerFollowUpBody {
  @OneOf(passwordAnswers, { doc: 'Temporary passwords were changed.' })
  declare readonly passwordsChanged: Answer | 'not-applicable';
  @OneOf(answers, { doc: 'The computer works.' })
  declare readonly computerWorks: Answer;
  @Flag({ doc: 'The advice was noted.' })
  declare readonly adviceNoted: boolean;
  @Moment(NOW) declare readonly at?: Instant;
}

export class ReviewDeviationBody {
  @Text(4000, { doc: 'Comment of the support lead.' })
  declare readonly comment: string;
}

export class CorrectJournalBody {
  @Id({ doc: 'The event that is wrong, from the journal entry.' })
  declare readonly targetEventId: string;
  @Pattern(/^[A-Za-z]{1,40}$/, 'un nom de champ', { doc: 'Which of its fields.', example: 'description' })
  declare readonly field: string;
  @Text(4000, { doc: 'What it should say.' })
  declare readonly value: string;
  @OneOf(correctionReasons, { doc: 'Why.' })
  declare readonly reason: CorrectionReason;
}
