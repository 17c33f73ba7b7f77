import type { Instant } from '#kernel/time.js';
import type { AbandonReason, LetterTemplate, UndeliveredReason } from './codes.js';

interface OfLetter {
  readonly letterId: string;
}

/** What the letter is about: its content is sealed with it. */
export type LetterSubject = 'session' | 'request' | 'complaint' | 'rights' | 'member';

export interface PrepareLetter extends OfLetter {
  readonly type: 'PrepareLetter';
  readonly memberId: string;
  readonly template: LetterTemplate;
  readonly templateVersion: number;
  readonly causeId: string;
  readonly subject: LetterSubject;
  readonly sessionId?: string;
  readonly requestId?: string;
  readonly complaintId?: string;
  readonly rightsId?: string;
  readonly charterVersionId?: string;
  readonly content: string;
}

export interface BeginSending extends OfLetter {
  readonly type: 'BeginSending';
}

/** Between the beginning of an attempt and its sending: the token itself is in the letter that leaves and nowhere else. */
export interface IssueLink extends OfLetter {
  readonly type: 'IssueLink';
  readonly attempt: number;
  readonly linkSha256: string;
  readonly expiresAt: Instant;
}

export interface RecordSent extends OfLetter {
  readonly type: 'RecordSent';
  readonly attempt: number;
}

export interface RecordDelay extends OfLetter {
  readonly type: 'RecordDelay';
  readonly attempt: number;
  readonly code: string;
  readonly nextAt: Instant;
}

export interface RecordUndelivered extends OfLetter {
  readonly type: 'RecordUndelivered';
  readonly reason: Exclude<UndeliveredReason, 'returned'>;
  readonly code?: string;
}

/** A person saw the letter come back. */
export interface NoteBounce extends OfLetter {
  readonly type: 'NoteBounce';
}

export interface MarkPrinted extends OfLetter {
  readonly type: 'MarkPrinted';
  readonly handedOver: 'post' | 'in-person';
}

export interface SendAgain extends OfLetter {
  readonly type: 'SendAgain';
}

export interface AbandonLetter extends OfLetter {
  readonly type: 'AbandonLetter';
  readonly reason: AbandonReason;
}

export type LetterCommand =
  | PrepareLetter
  | BeginSending
  | IssueLink
  | RecordSent
  | RecordDelay
  | RecordUndelivered
  | NoteBounce
  | MarkPrinted
  | SendAgain
  | AbandonLetter;
