import type { Instant } from '#kernel/time.js';
import type {
  ActionCategory,
  Answer,
  BackupAnswer,
  CorrectionReason,
  CredentialMethod,
  FollowUpChannel,
  NoActionReason,
  NotObservedReason,
  RiskClass,
} from './codes.js';

/** `observed` true needs the text; false needs the reason (« non constaté »). */
interface Observation {
  readonly sessionId: string;
  readonly observed: boolean;
  readonly state?: string;
  readonly notObservedReason?: NotObservedReason;
  readonly at?: Instant;
}

interface Note {
  readonly sessionId: string;
  readonly entryId: string;
  readonly text: string;
  readonly at?: Instant;
}

export type JournalCommand =
  | (Observation & { readonly type: 'RecordStateBefore' })
  | (Observation & { readonly type: 'RecordStateAfter' })
  | {
      readonly type: 'RecordBackupAdvice';
      readonly sessionId: string;
      readonly backupStatus: BackupAnswer;
      /** Must be true: the advice itself is shown before the question. */
      readonly adviceShown: boolean;
      readonly at?: Instant;
    }
  | {
      readonly type: 'RecordAction';
      readonly sessionId: string;
      readonly actionId: string;
      readonly category: ActionCategory;
      readonly riskClass: RiskClass;
      readonly description: string;
      /** The technician says that it is outside the scope; categories outside the request's are found anyway. */
      readonly outOfScope?: boolean;
      /**
       * True: it is done, a fact. False or absent, in a running session: it is about to be done, so that a risky one
       * without an answer on the backup is refused.
       */
      readonly alreadyDone?: boolean;
      readonly performedAt?: Instant;
    }
  | {
      readonly type: 'StateNoAction';
      readonly sessionId: string;
      readonly reason: NoActionReason;
      readonly at?: Instant;
    }
  | (Note & { readonly type: 'RecordDiagnosis' })
  | (Note & { readonly type: 'LogMemberQuestion' })
  | (Note & { readonly type: 'RecordExplanation' })
  | {
      readonly type: 'RecordTemporaryCredential';
      readonly sessionId: string;
      readonly credentialId: string;
      readonly method: CredentialMethod;
      readonly changeAdvised: boolean;
      readonly at?: Instant;
    }
  | {
      readonly type: 'ConfirmCredentialChange';
      readonly sessionId: string;
      readonly credentialId: string;
      readonly at?: Instant;
    }
  | {
      readonly type: 'ConfirmAdminAccountRemoved';
      readonly sessionId: string;
      readonly credentialId: string;
      readonly at?: Instant;
    }
  /** Either texts, or `none` true. */
  | {
      readonly type: 'RecordRecommendations';
      readonly sessionId: string;
      readonly none: boolean;
      readonly recommendations?: readonly string[];
      readonly at?: Instant;
    }
  | {
      readonly type: 'AskFollowUp';
      readonly sessionId: string;
      readonly channel: FollowUpChannel;
      readonly at?: Instant;
    }
  | {
      readonly type: 'AnswerFollowUp';
      readonly sessionId: string;
      readonly passwordsChanged: Answer | 'not-applicable';
      readonly computerWorks: Answer;
      readonly adviceNoted: boolean;
      readonly at?: Instant;
    }
  | {
      readonly type: 'ReviewDeviation';
      readonly sessionId: string;
      readonly deviationId: string;
      readonly comment: string;
    }
  | {
      readonly type: 'CorrectJournal';
      readonly sessionId: string;
      readonly correctionId: string;
      /** An event of this session. */
      readonly targetEventId: string;
      /** One of its fields. */
      readonly field: string;
      readonly value: string;
      readonly reason: CorrectionReason;
    };
