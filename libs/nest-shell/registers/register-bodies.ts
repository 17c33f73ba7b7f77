import {
  type DisclosedTo,
  type DisclosureChannel,
  type DisclosureReason,
  disclosedTo,
  disclosureChannels,
  disclosureReasons,
} from '#domain/access/events.js';
import { type RecordKind, recordKinds } from '#domain/association/events.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { type DisclosureRecipient, disclosureRecipients } from '#views/disclosures.js';
import { Day, Id, Moment, OneOf, Pattern, Text } from '../fields/fields.js';
import { PageQuery, WaitQuery } from '../fields/page-queries.js';

const FROM = { doc: 'First day.' } as const;
const UNTIL = { doc: 'Last day.', optional: true } as const;

export class RecordInsuranceBody {
  @Text(200, { doc: 'Who insures.' }) declare readonly insurer: string;
  @Text(80, { doc: 'Number of the policy.' }) declare readonly policyNumber: string;
  @Text(400, { doc: 'What is covered.' }) declare readonly coverage: string;
  @Text(200, { doc: 'Where the certificate can be read.', optional: true }) declare readonly certificatePlace?: string;
  @Day(FROM) declare readonly from: LocalDate;
  @Day({ doc: 'Last day of cover.' }) declare readonly until: LocalDate;
}

export class RecordMediatorBody {
  @Text(200, { doc: 'Name of the mediator.' }) declare readonly mediatorName: string;
  @Text(600, { doc: 'Address and site, as final answers carry them.' }) declare readonly mediatorContact: string;
  @Day(FROM) declare readonly from: LocalDate;
  @Day(UNTIL) declare readonly until?: LocalDate;
}

export class RecordProcessorBody {
  @Text(200, { doc: 'Who processes.' }) declare readonly processorName: string;
  @Text(400, { doc: 'What they do.' }) declare readonly processorService: string;
  @Day({ doc: 'Date of the contract (GDPR 28).' }) declare readonly contractOn: LocalDate;
  @Text(1000, { doc: 'How what they hold is erased when we erase.' }) declare readonly erasurePath: string;
  @Day(FROM) declare readonly from: LocalDate;
  @Day(UNTIL) declare readonly until?: LocalDate;
}

export class EndAssociationRecordBody {
  @Day({ doc: 'First day without it.' }) declare readonly on: LocalDate;
}

export class AssociationRecordsQuery extends WaitQuery {
  @OneOf(recordKinds, { doc: 'Only these.', optional: true }) declare readonly kind?: RecordKind;
}

const formats = ['json', 'html'] as const;

export class RegisterQuery extends WaitQuery {
  @OneOf(formats, { doc: '`html`: a page to print.', optional: true })
  declare readonly format?: (typeof formats)[number];
}

export class DisclosuresQuery extends PageQuery {
  @OneOf(disclosureRecipients, { doc: 'Only to these.', optional: true })
  declare readonly recipient?: DisclosureRecipient;
  @Id({ doc: 'Only of this member.', optional: true }) declare readonly memberId?: string;
}

export class RecordDisclosureBody {
  @Id({ doc: 'When it is about one session.', optional: true })
  declare readonly sessionId?: string;
  @OneOf(disclosedTo, { doc: 'To whom; in a dispute use the referrals of the complaint.' })
  declare readonly recipient: DisclosedTo;
  @Id({ doc: 'Of a processor: its record.', optional: true })
  declare readonly recordId?: string;
  @Text(400, { doc: 'Name of the recipient.' })
  declare readonly recipientName: string;
  @OneOf(disclosureReasons, { doc: 'On what ground.' })
  declare readonly ground: DisclosureReason;
  @Pattern(/^[0-9a-f]{64}$/, 'un SHA-256 en hexadécimal', {
    doc: 'SHA-256 of exactly what was sent.',
    example: 'a'.repeat(64),
  })
  declare readonly contentSha256: string;
  @Moment({ doc: 'When it was sent.' })
  declare readonly sentAt: Instant;
  @OneOf(disclosureChannels, { doc: 'How.' })
  declare readonly channel: DisclosureChannel;
  @Text(4000, { doc: 'Anything more.', optional: true })
  declare readonly note?: string;
}

const recordedCategories = [
  'charter',
  'staff',
  'member',
  'request',
  'session',
  'rights',
  'complaint',
  'incident',
] as const;
export class LateRecordingsQuery extends PageQuery {
  @OneOf(recordedCategories, { doc: 'Only of this kind.', optional: true })
  declare readonly category?: (typeof recordedCategories)[number];
  @Id({ doc: 'Only of this member.', optional: true }) declare readonly memberId?: string;
}
