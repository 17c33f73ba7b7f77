import type { Instant, LocalDate } from '#kernel/time.js';
import type {
  ComplaintChannel,
  ComplaintOutcome,
  DamageType,
  DisclosureGround,
  DisclosureVariant,
  EvidenceKind,
  FaultQualification,
  ReferralRecipient,
} from './codes.js';

interface OfComplaint {
  readonly complaintId: string;
}

export interface FileComplaint extends OfComplaint {
  readonly type: 'FileComplaint';
  /** May be left out when a session says whose it is: somebody erased has a receipt and nothing else. */
  readonly memberId?: string;
  readonly channel: ComplaintChannel;
  readonly receivedAt: Instant;
  readonly learnedOn: LocalDate;
  readonly facts: string;
  readonly consequences: string;
  readonly complainant?: string;
  /** Who complains in the member's place: guardian, spouse or helper recorded with the member (A15). */
  readonly representativeId?: string;
  /** Empty when no recorded session is concerned. */
  readonly sessionIds: readonly string[];
  /** Staff complained of; who ran a session concerned is added. */
  readonly against: readonly string[];
  readonly concernsDirector: boolean;
}

export interface AcknowledgeComplaint extends OfComplaint {
  readonly type: 'AcknowledgeComplaint';
  readonly acknowledgedAt: Instant;
  readonly channel: ComplaintChannel;
  readonly evidenceRef?: string;
}

export interface OpenInvestigation extends OfComplaint {
  readonly type: 'OpenInvestigation';
  readonly inquirerId: string;
}

export interface ReportInvestigation extends OfComplaint {
  readonly type: 'ReportInvestigation';
  readonly reportId: string;
  readonly findings: string;
}

export interface Evidence {
  readonly kind: EvidenceKind;
  readonly sessionId: string;
  readonly eventId: string;
}

export interface QualifyComplaint extends OfComplaint {
  readonly type: 'QualifyComplaint';
  readonly faultQualification: FaultQualification;
  readonly damageType: DamageType;
  readonly reasons: string;
  readonly evidence: readonly Evidence[];
}

export interface ProposeSettlement extends OfComplaint {
  readonly type: 'ProposeSettlement';
  readonly proposalId: string;
  readonly terms: string;
  readonly proposedAt: Instant;
  readonly channel: ComplaintChannel;
  readonly answerBy?: LocalDate;
}

export interface AnswerSettlement extends OfComplaint {
  readonly type: 'AnswerSettlement';
  readonly proposalId: string;
  readonly agreed: boolean;
  readonly answeredAt: Instant;
  readonly channel: ComplaintChannel;
  readonly comment?: string;
}

export interface ReferComplaint extends OfComplaint {
  readonly type: 'ReferComplaint';
  readonly disclosureId: string;
  readonly recipient: ReferralRecipient;
  readonly recipientName: string;
  readonly ground: DisclosureGround;
  readonly variant: DisclosureVariant;
  readonly contentSha256: string;
  readonly sentAt: Instant;
  readonly channel: ComplaintChannel;
  readonly initiatedBy: 'member' | 'association';
  readonly note?: string;
}

export interface WithdrawComplaint extends OfComplaint {
  readonly type: 'WithdrawComplaint';
  readonly withdrawnAt: Instant;
  readonly channel: ComplaintChannel;
}

export interface CloseComplaint extends OfComplaint {
  readonly type: 'CloseComplaint';
  readonly outcome: ComplaintOutcome;
  readonly finalAnswer: string;
  /** Left out: given by the letter, when a mediator is recorded with the association. */
  readonly mediatorContactGiven?: boolean;
  readonly channel: ComplaintChannel;
}

export interface ReopenComplaint extends OfComplaint {
  readonly type: 'ReopenComplaint';
  readonly newFact: string;
}

export type ComplaintCommand =
  | FileComplaint
  | AcknowledgeComplaint
  | OpenInvestigation
  | ReportInvestigation
  | QualifyComplaint
  | ProposeSettlement
  | AnswerSettlement
  | ReferComplaint
  | WithdrawComplaint
  | CloseComplaint
  | ReopenComplaint;
