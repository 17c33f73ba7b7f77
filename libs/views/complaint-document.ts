import type {
  ComplaintClockCode,
  ComplaintOutcome,
  DamageType,
  EvidenceKind,
  FaultQualification,
} from '#domain/complaint/codes.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';

/** How far a case has got. */
export const complaintStages = [
  'filed',
  'acknowledged',
  'investigating',
  'qualified',
  'proposed',
  'agreed',
  'declined',
  'referred',
  'closed',
  'withdrawn',
] as const;
export type ComplaintStage = (typeof complaintStages)[number];

/** A clock as it was told: its last day never moves. */
export interface StoredClock {
  readonly clock: ComplaintClockCode;
  readonly sessionId?: string;
  readonly lastDay: LocalDate;
  readonly derivation: string;
  readonly inTime?: boolean;
  /** 1: started by the filing; from 2 on, by a reopening. */
  readonly opening: number;
}

export interface ComplaintProposal {
  readonly proposalId: string;
  readonly terms: Sealed<string>;
  readonly proposedAt: Instant;
  readonly answerBy?: LocalDate;
  readonly late: boolean;
  readonly opening: number;
  readonly answer?: { readonly agreed: boolean; readonly answeredAt: Instant; readonly comment?: Sealed<string> };
}

export interface ComplaintDisclosure {
  readonly disclosureId: string;
  readonly recipient: 'mediator' | 'insurer' | 'authority' | 'court';
  readonly recipientName: Sealed<string>;
  readonly ground: string;
  readonly variant: string;
  readonly contentSha256: string;
  readonly sentAt: Instant;
  readonly note?: Sealed<string>;
  readonly initiatedBy?: 'member' | 'association';
  readonly early?: boolean;
  readonly late?: boolean;
}

/** One step of the case, in the order in which it was recorded. */
export interface ComplaintStep {
  readonly type: string;
  /** When it happened, as told. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly by: string;
  /** Report, proposal, disclosure or inquirer that it is about. */
  readonly aboutId?: string;
  readonly late?: boolean;
}

export interface ComplaintDocument {
  readonly complaintId: string;
  readonly memberId: string;
  readonly revision: number;
  readonly stage: ComplaintStage;
  /** False once it is closed or withdrawn. */
  readonly open: boolean;
  readonly channel: string;
  readonly receivedAt: Instant;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
  readonly recordedLate: boolean;
  readonly learnedOn: LocalDate;
  readonly facts: Sealed<string>;
  readonly consequences: Sealed<string>;
  readonly complainant?: Sealed<string>;
  readonly representativeId?: string;
  readonly capacity?: string;
  readonly minorAlone: boolean;
  readonly sessions: readonly {
    readonly sessionId: string;
    readonly requestId?: string;
    readonly technicianId?: string;
    readonly endedAt?: Instant;
  }[];
  readonly sessionIds: readonly string[];
  readonly concerned: readonly string[];
  readonly concernsDirector: boolean;
  /** One of the two windows was over for each session concerned: shown, never a bar. */
  readonly promptLate: boolean;
  readonly formalLate: boolean;
  readonly clocks: readonly StoredClock[];
  /** Last day of the mediator’s course, where one runs: it goes on when the case is closed. */
  readonly mediationUntil?: LocalDate;
  readonly toBeWritten?: boolean;
  readonly opening: number;
  readonly acknowledged?: { readonly at: Instant; readonly channel: string; readonly late: boolean };
  readonly inquirerId?: string;
  readonly reports: readonly {
    readonly reportId: string;
    readonly inquirerId: string;
    readonly at: Instant;
    readonly findings: Sealed<string>;
  }[];
  /** The latest; earlier ones stand in the stream. */
  readonly qualification?: {
    readonly faultQualification: FaultQualification;
    readonly damageType: DamageType;
    readonly reasons: Sealed<string>;
    readonly evidence: readonly {
      readonly kind: EvidenceKind;
      readonly sessionId: string;
      readonly eventId: string;
    }[];
    readonly decidedAs: 'director' | 'president';
    readonly at: Instant;
    readonly opening: number;
  };
  readonly proposals: readonly ComplaintProposal[];
  readonly disclosures: readonly ComplaintDisclosure[];
  readonly reopenings: readonly { readonly at: Instant; readonly newFact: Sealed<string> }[];
  readonly closed?: {
    readonly outcome: ComplaintOutcome;
    readonly finalAnswer: Sealed<string>;
    readonly at: Instant;
    readonly decidedAs: 'director' | 'president';
  };
  readonly steps: readonly ComplaintStep[];
}
