import {
  type ComplaintChannel,
  type ComplaintOutcome,
  complaintChannels,
  complaintOutcomes,
  type DamageType,
  type DisclosureGround,
  type DisclosureVariant,
  damageTypes,
  disclosureGrounds,
  disclosureVariants,
  type EvidenceKind,
  evidenceKinds,
  type FaultQualification,
  faultQualifications,
  type ReferralRecipient,
  referralRecipients,
} from '#domain/complaint/codes.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { type ComplaintStage, complaintStages } from '#views/complaint-document.js';
import { Day, Flag, Id, IdList, Moment, OneOf, Pattern, Text } from '../fields/fields.js';
import { NestedList } from '../fields/nested.js';
import { PageQuery } from '../fields/page-queries.js';
import { QueryFlag, Sort } from '../fields/query-fields.js';

const CHANNEL = { doc: 'How it came or went.' } as const;

export class FileComplaintBody {
  @Id({ doc: 'Who complains. Left out: the member of the sessions, known by a receipt alone.', optional: true })
  declare readonly memberId?: string;
  @OneOf(complaintChannels, CHANNEL)
  declare readonly channel: ComplaintChannel;
  @Moment({ doc: 'When it reached the association: the clocks run from there. May be past.' })
  declare readonly receivedAt: Instant;
  @Day({ doc: 'Day on which the member learned of what is complained of.' })
  declare readonly learnedOn: LocalDate;
  @Text(8000, { doc: 'What happened, precisely (charter 9.1).' })
  declare readonly facts: string;
  @Text(8000, { doc: 'What came of it (charter 9.1).' })
  declare readonly consequences: string;
  @Text(600, { doc: 'Name and contact given anew by somebody whose identity was erased.', optional: true })
  declare readonly complainant?: string;
  @Id({ doc: 'Who complains in the member’s place.', optional: true })
  declare readonly representativeId?: string;
  @IdList(0, 20, { doc: 'The sessions concerned; empty when none was recorded.' })
  declare readonly sessionIds: readonly string[];
  @IdList(0, 20, { doc: 'Staff complained of; who ran a session is added.' })
  declare readonly against: readonly string[];
  @Flag({ doc: 'True: it is about what the Director did, and the President decides.' })
  declare readonly concernsDirector: boolean;
}

export class AcknowledgeComplaintBody {
  @Moment({ doc: 'When the acknowledgement left.' })
  declare readonly acknowledgedAt: Instant;
  @OneOf(complaintChannels, CHANNEL)
  declare readonly channel: ComplaintChannel;
  @Id({ doc: 'Reference of the proof.', optional: true })
  declare readonly evidenceRef?: string;
}

export class OpenInvestigationBody {
  @Id({ doc: 'Who inquires.' })
  declare readonly inquirerId: string;
}

export class ReportInvestigationBody {
  @Text(8000, { doc: 'What was found, in neutral words.' })
  declare readonly findings: string;
}

export class EvidenceBody {
  @OneOf(evidenceKinds, { doc: 'What the entry shows.' })
  declare readonly kind: EvidenceKind;
  @Id({ doc: 'A session concerned.' })
  declare readonly sessionId: string;
  @Id({ doc: 'The entry in that session’s journal, by its event id.' })
  declare readonly eventId: string;
}

export class QualifyComplaintBody {
  @OneOf(faultQualifications, { doc: 'Fault (charter 2.3, 6.1). The software concludes nothing from it.' })
  declare readonly faultQualification: FaultQualification;
  @OneOf(damageTypes, { doc: 'Damage (charter 6.1).' })
  declare readonly damageType: DamageType;
  @Text(8000, { doc: 'Why.' })
  declare readonly reasons: string;
  @NestedList(() => EvidenceBody, 0, 100, { doc: 'Entries of the journals that it rests on.' })
  declare readonly evidence: readonly EvidenceBody[];
}

export class ProposeSettlementBody {
  @Text(8000, { doc: 'What the association proposes.' })
  declare readonly terms: string;
  @Moment({ doc: 'When it left.' })
  declare readonly proposedAt: Instant;
  @OneOf(complaintChannels, CHANNEL)
  declare readonly channel: ComplaintChannel;
  @Day({ doc: 'Day until which an answer is hoped for: a wish, never a bar.', optional: true })
  declare readonly answerBy?: LocalDate;
}

export class AnswerSettlementBody {
  @Flag({ doc: 'True: agreed.' })
  declare readonly agreed: boolean;
  @Moment({ doc: 'When the member answered.' })
  declare readonly answeredAt: Instant;
  @OneOf(complaintChannels, CHANNEL)
  declare readonly channel: ComplaintChannel;
  @Text(4000, { doc: 'What the member said about it.', optional: true })
  declare readonly comment?: string;
}

export class ReferComplaintBody {
  @OneOf(referralRecipients, { doc: 'To whom.' })
  declare readonly recipient: ReferralRecipient;
  @Text(400, { doc: 'Name of the recipient.' })
  declare readonly recipientName: string;
  @OneOf(disclosureGrounds, { doc: 'Why the file may leave (charter 4.1).' })
  declare readonly ground: DisclosureGround;
  @OneOf(disclosureVariants, { doc: 'With third persons and other sessions masked, or not.' })
  declare readonly variant: DisclosureVariant;
  @Pattern(/^[0-9a-f]{64}$/, '64 caractères hexadécimaux', {
    doc: 'SHA-256 of exactly what was sent.',
    example: '0'.repeat(64),
  })
  declare readonly contentSha256: string;
  @Moment({ doc: 'When it left.' })
  declare readonly sentAt: Instant;
  @OneOf(complaintChannels, CHANNEL)
  declare readonly channel: ComplaintChannel;
  @OneOf(['member', 'association'], { doc: 'Who turned to the third party.' })
  declare readonly initiatedBy: 'member' | 'association';
  @Text(4000, { doc: 'A note.', optional: true })
  declare readonly note?: string;
}

export class WithdrawComplaintBody {
  @Moment({ doc: 'When the member said so.' })
  declare readonly withdrawnAt: Instant;
  @OneOf(complaintChannels, CHANNEL)
  declare readonly channel: ComplaintChannel;
}

export class CloseComplaintBody {
  @OneOf(complaintOutcomes, { doc: 'How it ended.' })
  declare readonly outcome: ComplaintOutcome;
  @Text(8000, { doc: 'The final answer.' })
  declare readonly finalAnswer: string;
  @Flag({
    doc: 'The answer says how to reach the mediator (charter 6.3). Left out: it does when one is recorded.',
    optional: true,
  })
  declare readonly mediatorContactGiven?: boolean;
  @OneOf(complaintChannels, CHANNEL)
  declare readonly channel: ComplaintChannel;
}

export class ReopenComplaintBody {
  @Text(8000, { doc: 'The new fact.' })
  declare readonly newFact: string;
}

export class ComplaintsQuery extends PageQuery {
  @Sort('receivedAt') declare readonly sort?: 'receivedAt' | '-receivedAt';
  @Id({ doc: 'Only of this member.', optional: true }) declare readonly memberId?: string;
  @OneOf(complaintStages, { doc: 'Only at this stage.', optional: true }) declare readonly stage?: ComplaintStage;
  @QueryFlag('Only those that are open, or over.') declare readonly open?: 'true' | 'false';
  @QueryFlag('Only those received after the window of article 9.1, or within.')
  declare readonly promptLate?: 'true' | 'false';
  @QueryFlag('Only those received after the year of article 9.3, or within.')
  declare readonly formalLate?: 'true' | 'false';
  @Id({ doc: 'Only those that this person inquires into.', optional: true }) declare readonly inquirerId?: string;
  @Id({ doc: 'Only those that concern this session.', optional: true }) declare readonly sessionId?: string;
}
