import type { Instant } from '#kernel/time.js';
import type {
  BackupAnswer,
  ConfirmationChannel,
  ConsentChannel,
  ConsentMode,
  IdentityCheck,
  SignatureMethod,
} from './codes.js';

export interface GiveConsent {
  readonly type: 'GiveConsent';
  readonly sessionId: string;
  /** The version that was shown; refused when it is not the one in force. */
  readonly charterVersionId: string;
  readonly mode: ConsentMode;
  /** When the member gave it; left out: now. */
  readonly givenAt?: Instant;
  /** « Lu et accepté » (F.0, 10.1). */
  readonly readAndAccepted: boolean;
  /** The four answers, one by one; an absent one is refused, never assumed. */
  readonly statements: Partial<
    Readonly<Record<'backup' | 'authorise' | 'bestEfforts' | 'eightDays', boolean | undefined>>
  >;
  /** Oral: `oral-attestation`; written: one of the others. */
  readonly signatureMethod: SignatureMethod;
  readonly signerName: string;
  /** Written: mandatory. */
  readonly evidenceRef?: string;
  /** Oral: these five are mandatory; `collectedBy` left out is the person who gives the command. */
  readonly scriptVersion?: string;
  readonly collectedBy?: string;
  readonly identityCheck?: IdentityCheck;
  readonly calledNumber?: string;
  readonly confirmationChannel?: ConfirmationChannel;
  /** When somebody consents for the member: a representative recorded on the member's file. */
  readonly representativeId?: string;
}

export type ConsentCommand =
  | GiveConsent
  | {
      readonly type: 'RefuseConsent';
      readonly sessionId: string;
      readonly channel: ConsentChannel;
      readonly at?: Instant;
    }
  /** Never refused: with no live consent there is nothing to do; a running session ends at once. */
  | {
      readonly type: 'WithdrawConsent';
      readonly sessionId: string;
      readonly channel: ConsentChannel;
      readonly at?: Instant;
    }
  | {
      readonly type: 'AnswerPreparation';
      readonly sessionId: string;
      readonly closed: boolean;
      readonly secretsTold: boolean;
      readonly backup: BackupAnswer;
      readonly at?: Instant;
    };
