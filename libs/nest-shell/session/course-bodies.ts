import {
  type AfterwardsReason,
  type Answer,
  afterwardsReasons,
  answers,
  type ConsentMode,
  consentModes,
  type InterruptionReason,
  interruptionReasons,
  type Outcome,
  outcomes,
  type PauseCause,
  pauseCauses,
} from '#domain/session/codes.js';
import type { Instant } from '#kernel/time.js';
import { Flag, Id, Moment, OneOf, Text, Whole } from '../fields/fields.js';
import { Nested, NestedList } from '../fields/nested.js';

export class StartSessionBody {
  @Id({ doc: 'The technician.' })
  declare readonly technicianId: string;
  @Text(60, { doc: 'The remote-control tool.', example: 'RealVNC' })
  declare readonly toolName: string;
  @Id({ doc: 'The tool’s own reference of the session.', optional: true })
  declare readonly toolSessionRef?: string;
  @Flag({ doc: 'The link is encrypted; otherwise refused.' })
  declare readonly linkEncrypted: boolean;
  @Flag({ doc: 'The member is present; otherwise refused.' })
  declare readonly memberPresent: boolean;
  @Flag({ doc: 'Pre-check: the connection is stable.', optional: true })
  declare readonly connectivityCheck?: boolean;
  @Flag({ doc: 'Pre-check: the tool is installed and works.', optional: true })
  declare readonly toolReady?: boolean;
  @Text(4000, { doc: 'The problem as reported.' })
  declare readonly problem: string;
}

export class SegmentBody {
  @Moment({ doc: 'Start of connected time.' })
  declare readonly from: Instant;
  @Moment({ doc: 'End of connected time.', example: '2026-06-02T10:30:00+02:00' })
  declare readonly to: Instant;
}

export class ConsentTakenBody {
  @OneOf(consentModes, { doc: 'Written or oral.' })
  declare readonly mode: ConsentMode;
  @Moment({ doc: 'When the member gave it.' })
  declare readonly givenAt: Instant;
  @Id({ doc: 'The charter version that was shown.', optional: true })
  declare readonly charterVersionId?: string;
}

export class RecordAfterwardsBody {
  @Id({ doc: 'The member; known already when the session had an appointment.', optional: true })
  declare readonly memberId?: string;
  @Id({ doc: 'The request, when the session had one but no appointment.', optional: true })
  declare readonly requestId?: string;
  @Id({ doc: 'The technician.' })
  declare readonly technicianId: string;
  @Moment({ doc: 'When it started.' })
  declare readonly startedAt: Instant;
  @Moment({ doc: 'When it ended.', example: '2026-06-02T10:30:00+02:00' })
  declare readonly endedAt: Instant;
  @NestedList(() => SegmentBody, 0, 50, {
    doc: 'Connected times; one from start to end when left out.',
    optional: true,
  })
  declare readonly segments?: readonly SegmentBody[];
  @Text(4000, { doc: 'The problem as reported.' })
  declare readonly problem: string;
  @OneOf(afterwardsReasons, { doc: 'Why it is recorded afterwards.' })
  declare readonly reason: AfterwardsReason;
  @Nested(() => ConsentTakenBody, { doc: 'The consent taken outside the software, if any.', optional: true })
  declare readonly consent?: ConsentTakenBody;
  @OneOf(answers, { doc: 'The member was present.' })
  declare readonly memberPresent: Answer;
  @OneOf(answers, { doc: 'The link was encrypted.' })
  declare readonly linkEncrypted: Answer;
  @Text(60, { doc: 'The remote-control tool.', optional: true })
  declare readonly toolName?: string;
  @Id({ doc: 'The tool’s own reference of the session.', optional: true })
  declare readonly toolSessionRef?: string;
}

export class PauseSessionBody {
  @OneOf(pauseCauses, { doc: 'Why.' })
  declare readonly cause: PauseCause;
  @Moment({ doc: 'When; now when left out.', optional: true })
  declare readonly at?: Instant;
}

export class ResumeSessionBody {
  @Flag({ doc: 'The member is present again; otherwise refused.' })
  declare readonly memberPresent: boolean;
  @Moment({ doc: 'When; now when left out.', optional: true })
  declare readonly at?: Instant;
}

export class AtBody {
  @Moment({ doc: 'When; now when left out.', optional: true })
  declare readonly at?: Instant;
}

export class AgreeExtensionBody {
  @Whole(1, 240, { doc: 'Minutes more.', example: 15 })
  declare readonly minutes: number;
  @Flag({ doc: 'The member accepts.' })
  declare readonly memberAccepted: boolean;
}

export class InterruptSessionBody {
  @OneOf(interruptionReasons, { doc: 'Article 7.3; the last three are outside the charter.' })
  declare readonly reason: InterruptionReason;
  @Text(2000, { doc: 'Facts, no opinions: the member may read it.', optional: true })
  declare readonly note?: string;
  @Moment({ doc: 'When; now when left out.', optional: true })
  declare readonly at?: Instant;
}

export class CloseSessionBody {
  @OneOf(outcomes, { doc: 'How the problem stands.' })
  declare readonly outcome: Outcome;
}
