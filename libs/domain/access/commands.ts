import type { Instant } from '#kernel/time.js';
import type { DisclosedTo, DisclosureChannel, DisclosureReason } from './events.js';

/** Sent by the shell whenever a member's file is read; the answer is given only once this is recorded. */
export interface RecordConsultation {
  readonly type: 'RecordConsultation';
  readonly memberId: string;
  readonly sessionId?: string;
  /** One of `consultedParts`. */
  readonly what: string;
  /** One of `accessPurposes`; anything else is refused. */
  readonly purpose: string;
  readonly at: Instant;
}

/** Everything held on a member was put together and sealed; given before the export can be fetched. */
export interface IssueMemberExport {
  readonly type: 'IssueMemberExport';
  readonly memberId: string;
  readonly rightsId?: string;
  readonly exportId: string;
  /** Of the export's JSON. */
  readonly sha256: string;
  /** At most thirty-one days from now. */
  readonly expiresAt: Instant;
}

/** Something of a member was sent to somebody outside, or is about to be: the decider writes down why and what exactly. */
export interface RecordDisclosure {
  readonly type: 'RecordDisclosure';
  readonly memberId: string;
  readonly sessionId?: string;
  readonly disclosureId: string;
  readonly recipient: DisclosedTo;
  readonly recordId?: string;
  readonly recipientName: string;
  readonly ground: DisclosureReason;
  readonly contentSha256: string;
  readonly sentAt: Instant;
  readonly channel: DisclosureChannel;
  readonly note?: string;
}

export type AccessCommand = RecordConsultation | IssueMemberExport | RecordDisclosure;
