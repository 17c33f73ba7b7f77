import type { Instant, LocalDate } from '#kernel/time.js';
import type { KeepGround } from '../custody/events.js';
import type { IdentityMethod, RefusalGround, RightsChannel, RightsKind } from './events.js';

interface OfCase {
  readonly rightsId: string;
}

export interface ReceiveRightsRequest extends OfCase {
  readonly type: 'ReceiveRightsRequest';
  readonly memberId: string;
  readonly kind: RightsKind;
  readonly channel: RightsChannel;
  /** When it reached the association, by whatever way. */
  readonly receivedAt: Instant;
  readonly concernsDirector: boolean;
  readonly details?: string;
  /** Who asks in the member's place: guardian, spouse or helper recorded with the member (A15). */
  readonly representativeId?: string;
}

export interface CheckIdentity extends OfCase {
  readonly type: 'CheckIdentity';
  readonly method: IdentityMethod;
}

export interface ExtendRightsRequest extends OfCase {
  readonly type: 'ExtendRightsRequest';
  readonly reasons: string;
}

/** For an erasure the grid names every living cell of the member once: erased, or kept on a ground. */
export interface DecideRightsRequest extends OfCase {
  readonly type: 'DecideRightsRequest';
  /** Not given for an erasure: it follows from the grid. */
  readonly decision?: 'granted' | 'partly' | 'refused';
  readonly grounds: readonly RefusalGround[];
  readonly reasons?: string;
  readonly grid?: readonly GridLine[];
}

export type GridLine =
  | { readonly cell: string; readonly decision: 'erase' }
  | { readonly cell: string; readonly decision: 'keep'; readonly ground: KeepGround; readonly until?: LocalDate };

export interface SendRightsAnswer extends OfCase {
  readonly type: 'SendRightsAnswer';
  readonly channel: RightsChannel;
  readonly sentAt: Instant;
  readonly evidenceRef?: string;
}

export interface WithdrawRightsRequest extends OfCase {
  readonly type: 'WithdrawRightsRequest';
}

export interface CloseRightsRequest extends OfCase {
  readonly type: 'CloseRightsRequest';
}

export type RightsCommand =
  | ReceiveRightsRequest
  | CheckIdentity
  | ExtendRightsRequest
  | DecideRightsRequest
  | SendRightsAnswer
  | WithdrawRightsRequest
  | CloseRightsRequest;
