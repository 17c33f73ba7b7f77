import {
  type BackupAnswer,
  backupAnswers,
  type ConfirmationChannel,
  type ConsentChannel,
  type ConsentMode,
  confirmationChannels,
  consentChannels,
  consentModes,
  type IdentityCheck,
  identityChecks,
  type SignatureMethod,
  signatureMethods,
} from '#domain/session/codes.js';
import type { Instant } from '#kernel/time.js';
import { Flag, Id, Moment, OneOf, Text } from '../fields/fields.js';
import { Nested } from '../fields/nested.js';

/** The four boxes of the form. An absent one is refused by the charter's rules, never assumed. */
export class StatementsBody {
  @Flag({ doc: '« J’ai sauvegardé mes données importantes »', optional: true })
  declare readonly backup?: boolean;
  @Flag({ doc: '« J’autorise la prise de contrôle »; needed to start.', optional: true })
  declare readonly authorise?: boolean;
  @Flag({ doc: '« L’association agit en obligation de moyens »', optional: true })
  declare readonly bestEfforts?: boolean;
  @Flag({ doc: '« … pas contester au-delà de 8 jours »; stored, never used against the member.', optional: true })
  declare readonly eightDays?: boolean;
}

export class GiveConsentBody {
  @Id({ doc: 'The version of the charter that was shown or read out.' })
  declare readonly charterVersionId: string;
  @OneOf(consentModes, { doc: 'Written or oral.' })
  declare readonly mode: ConsentMode;
  @Moment({ doc: 'When the member gave it; now when left out.', optional: true })
  declare readonly givenAt?: Instant;
  @Flag({ doc: '« Lu et accepté ».' })
  declare readonly readAndAccepted: boolean;
  @Nested(() => StatementsBody, { doc: 'The four statements, one by one.' })
  declare readonly statements: StatementsBody;
  @OneOf(signatureMethods, { doc: 'Oral: `oral-attestation`; written: one of the others.' })
  declare readonly signatureMethod: SignatureMethod;
  @Text(200, { doc: 'Name of the person who consents.' })
  declare readonly signerName: string;
  @Id({ doc: 'Written: reference of the proof.', optional: true })
  declare readonly evidenceRef?: string;
  @Id({ doc: 'Oral: version of the script read out.', optional: true })
  declare readonly scriptVersion?: string;
  @Id({ doc: 'Oral: who collected it; the caller when left out.', optional: true })
  declare readonly collectedBy?: string;
  @OneOf(identityChecks, { doc: 'Oral: how the person was known to be the member.', optional: true })
  declare readonly identityCheck?: IdentityCheck;
  @Text(40, { doc: 'Oral: number called.', optional: true })
  declare readonly calledNumber?: string;
  @OneOf(confirmationChannels, { doc: 'Oral: how it is confirmed afterwards.', optional: true })
  declare readonly confirmationChannel?: ConfirmationChannel;
  @Id({ doc: 'When a representative recorded on the file consents.', optional: true })
  declare readonly representativeId?: string;
}

export class ConsentAnswerBody {
  @OneOf(consentChannels, { doc: 'How the member said so.' })
  declare readonly channel: ConsentChannel;
  @Moment({ doc: 'When; now when left out.', optional: true })
  declare readonly at?: Instant;
}

export class AnswerPreparationBody {
  @Flag({ doc: 'Personal documents are closed.' })
  declare readonly closed: boolean;
  @Flag({ doc: 'Visible secrets were told of.' })
  declare readonly secretsTold: boolean;
  @OneOf(backupAnswers, { doc: 'Important data are saved.' })
  declare readonly backup: BackupAnswer;
  @Moment({ doc: 'When; now when left out.', optional: true })
  declare readonly at?: Instant;
}
