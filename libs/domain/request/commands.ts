import type { Instant } from '#kernel/time.js';
import type {
  AcceptanceMode,
  CancelReason,
  Channel,
  CloseOutcome,
  DeclineReason,
  ExceptionReason,
  ServiceCategory,
} from './codes.js';
import type { RequestStrikeOutCommand } from './commands-strike-out.js';

/** What triage finds. `contentCreation` and `onSite` true are refused: decline with the template letter instead. */
interface Triage {
  readonly requestId: string;
  /** One at least. */
  readonly serviceCategories: readonly ServiceCategory[];
  readonly scope: string;
  readonly specialisedSoftware?: string;
  /** Needed with `specialisedSoftware`: a technician whose skill for it is recorded. */
  readonly skilledTechnicianId?: string;
  readonly dataRecovery?: boolean;
  /** Must be true when `dataRecovery` is. */
  readonly noGuaranteeAck?: boolean;
}

export type RequestCommand =
  | RequestStrikeOutCommand
  | {
      readonly type: 'RequestSupport';
      readonly requestId: string;
      readonly memberId: string;
      readonly problem: string;
      readonly channel: Channel;
      /** When it reached the association; left out: now. */
      readonly receivedAt?: Instant;
      /** The question must have been asked: absent is refused. True: recorded and declined at once (1.2e). */
      readonly commercialUse?: boolean;
      /** Yes or no, absent is refused; there is no field for the data itself (3.2d). */
      readonly confidentialDataPresent?: boolean;
    }
  | (Triage & { readonly type: 'QualifyRequest'; readonly contentCreation?: boolean; readonly onSite?: boolean })
  /** By the support lead or the Director: a request for content, declined or not yet triaged, taken as advice (1.2b). */
  | {
      readonly type: 'RequalifyAsAdvice';
      readonly requestId: string;
      readonly scope: string;
      readonly serviceCategories?: readonly ServiceCategory[];
    }
  | { readonly type: 'DeclineRequest'; readonly requestId: string; readonly reason: DeclineReason }
  /** Replaces the list; empty: none. */
  | { readonly type: 'DeclareNoGoZones'; readonly requestId: string; readonly zones: readonly string[] }
  | {
      readonly type: 'AgreeExceptionalSlot';
      readonly requestId: string;
      readonly slotStart: Instant;
      readonly slotEnd: Instant;
      /** Left out: not accepted yet, which is refused. */
      readonly memberAcceptedAt?: Instant;
      readonly acceptanceMode?: AcceptanceMode;
      readonly reason: ExceptionReason;
      readonly note?: string;
    }
  /** The session's id is `<requestId>.<n>` and comes back in the event. */
  | {
      readonly type: 'BookAppointment';
      readonly requestId: string;
      readonly technicianId: string;
      readonly startsAt: Instant;
      readonly endsAt: Instant;
    }
  /** Cancels and books anew: a new session id, hence a new consent. */
  | {
      readonly type: 'MoveAppointment';
      readonly requestId: string;
      readonly sessionId: string;
      readonly startsAt: Instant;
      readonly endsAt: Instant;
      /** Left out: the same technician. */
      readonly technicianId?: string;
    }
  | {
      readonly type: 'CancelAppointment';
      readonly requestId: string;
      readonly sessionId: string;
      readonly reason: Exclude<CancelReason, 'moved'>;
    }
  | {
      readonly type: 'AdvisePreparation';
      readonly requestId: string;
      readonly sessionId: string;
      readonly channel: Channel;
      readonly at?: Instant;
    }
  | { readonly type: 'CloseRequest'; readonly requestId: string; readonly outcome: CloseOutcome };
