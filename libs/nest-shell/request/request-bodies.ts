import {
  type AcceptanceMode,
  acceptanceModes,
  type CancelReason,
  type Channel,
  type CloseOutcome,
  cancelReasons,
  channels,
  closeOutcomes,
  type DeclineReason,
  declineReasons,
  type ExceptionReason,
  exceptionReasons,
  type ServiceCategory,
  serviceCategories,
} from '#domain/request/codes.js';
import type { Instant } from '#kernel/time.js';
import { Flag, Id, Moment, OneOf, SomeOf, Text, TextList } from '../fields/fields.js';

export class RequestSupportBody {
  @Id({ doc: 'The member who asks.' })
  declare readonly memberId: string;
  @Text(4000, { doc: 'The problem as reported. Never passwords, card or account numbers.' })
  declare readonly problem: string;
  @OneOf(channels, { doc: 'How it reached the association.' })
  declare readonly channel: Channel;
  @Moment({ doc: 'When it reached the association; now when left out.', optional: true })
  declare readonly receivedAt?: Instant;
  @Flag({ doc: 'True: for commercial use, which is declined (1.2).' })
  declare readonly commercialUse: boolean;
  @Flag({ doc: 'Yes or no only: never the data (3.2).' })
  declare readonly confidentialDataPresent: boolean;
}

export class QualifyRequestBody {
  @SomeOf(serviceCategories, 0, { doc: 'Services of article 1.1; one at least.' })
  declare readonly serviceCategories: readonly ServiceCategory[];
  @Text(4000, { doc: 'What the session may touch.' })
  declare readonly scope: string;
  @Text(80, { doc: 'Specialised software concerned (1.2).', optional: true })
  declare readonly specialisedSoftware?: string;
  @Id({ doc: 'A technician trained in it.', optional: true })
  declare readonly skilledTechnicianId?: string;
  @Flag({ doc: 'Lost data are to be recovered.', optional: true })
  declare readonly dataRecovery?: boolean;
  @Flag({ doc: 'The member knows that recovery is not guaranteed.', optional: true })
  declare readonly noGuaranteeAck?: boolean;
  @Flag({ doc: 'Content is to be made or typed: refused, decline instead.', optional: true })
  declare readonly contentCreation?: boolean;
  @Flag({ doc: 'On-site work is asked: refused, decline instead.', optional: true })
  declare readonly onSite?: boolean;
}

export class RequalifyAsAdviceBody {
  @Text(4000, { doc: 'What the advice is about.' })
  declare readonly scope: string;
  @SomeOf(serviceCategories, 0, { doc: 'Services; advice on office tools when left out.', optional: true })
  declare readonly serviceCategories?: readonly ServiceCategory[];
}

export class DeclineRequestBody {
  @OneOf(declineReasons, { doc: 'Why; chooses the letter.' })
  declare readonly reason: DeclineReason;
}

export class DeclareNoGoZonesBody {
  @TextList(0, 50, 300, { doc: 'Folders and data not to touch; replaces the list.' })
  declare readonly zones: readonly string[];
}

export class AgreeExceptionalSlotBody {
  @Moment({ doc: 'Start of the slot.' })
  declare readonly slotStart: Instant;
  @Moment({ doc: 'End of the slot.' })
  declare readonly slotEnd: Instant;
  @Moment({ doc: 'When the member accepted; without it the agreement is refused.', optional: true })
  declare readonly memberAcceptedAt?: Instant;
  @OneOf(acceptanceModes, { doc: 'How the member accepted.', optional: true })
  declare readonly acceptanceMode?: AcceptanceMode;
  @OneOf(exceptionReasons, { doc: 'Why out of hours.' })
  declare readonly reason: ExceptionReason;
  @Text(2000, { doc: 'A word on it.', optional: true })
  declare readonly note?: string;
}

export class BookAppointmentBody {
  @Id({ doc: 'The technician.' })
  declare readonly technicianId: string;
  @Moment({ doc: 'Start.' })
  declare readonly startsAt: Instant;
  @Moment({ doc: 'End; one hour at most.', example: '2026-06-02T10:30:00+02:00' })
  declare readonly endsAt: Instant;
}

export class MoveAppointmentBody {
  @Moment({ doc: 'New start.' })
  declare readonly startsAt: Instant;
  @Moment({ doc: 'New end.', example: '2026-06-02T10:30:00+02:00' })
  declare readonly endsAt: Instant;
  @Id({ doc: 'Another technician; the same when left out.', optional: true })
  declare readonly technicianId?: string;
}

const reasonsToCancel = cancelReasons.filter((reason) => reason !== 'moved');
export class CancelAppointmentBody {
  @OneOf(reasonsToCancel, { doc: 'Why.' })
  declare readonly reason: Exclude<CancelReason, 'moved'>;
}

export class AdvisePreparationBody {
  @OneOf(channels, { doc: 'How the advice was sent.' })
  declare readonly channel: Channel;
  @Moment({ doc: 'When; now when left out.', optional: true })
  declare readonly at?: Instant;
}

export class CloseRequestBody {
  @OneOf(closeOutcomes, { doc: 'How it ended.' })
  declare readonly outcome: CloseOutcome;
}
