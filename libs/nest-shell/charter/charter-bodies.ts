import { type AmendmentChannel, amendmentChannels } from '#domain/charter/parameters.js';
import { type ContactChannel, contactChannels } from '#domain/member/events.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { Day, Id, Moment, OneOf, Pattern, SomeOf, Text, TextList, Whole, WholeList } from '../fields/fields.js';
import { Nested } from '../fields/nested.js';
import { PageQuery, WaitQuery } from '../fields/page-queries.js';

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

export class CharterParametersBody {
  @Whole(1, 1440, { doc: 'Longest connected time of one session, in minutes.', optional: true, example: 60 })
  declare readonly sessionMinutes?: number;
  @WholeList(1, 7, 7, { doc: 'Opening days, 1 Monday to 7 Sunday.', optional: true, example: [1, 2, 3, 4, 5] })
  declare readonly openingDays?: readonly number[];
  @Pattern(clock, 'HH:MM', { doc: 'Opening, local time.', optional: true, example: '09:00' })
  declare readonly opensAt?: string;
  @Pattern(clock, 'HH:MM', { doc: 'Closing, local time.', optional: true, example: '17:00' })
  declare readonly closesAt?: string;
  @Whole(1, 3660, { doc: 'Days within which a complaint is expected.', optional: true, example: 8 })
  declare readonly complaintWindowDays?: number;
  @Whole(1, 1200, { doc: 'Months within which a complaint is formalised.', optional: true, example: 12 })
  declare readonly outerLimitMonths?: number;
  @Whole(1, 1200, { doc: 'Months for which the journal is kept.', optional: true, example: 12 })
  declare readonly journalRetentionMonths?: number;
  @SomeOf(amendmentChannels, 1, { doc: 'Channels by which a change is made known.', optional: true })
  declare readonly amendmentChannels?: readonly AmendmentChannel[];
}

export class PublishCharterBody {
  @Day({ doc: 'First day on which the version is in force.' })
  declare readonly effectiveFrom: LocalDate;
  @Text(200_000, { doc: 'The charter as plain text, to the letter.', example: 'Charte d’appui technique…' })
  declare readonly text: string;
  @Nested(() => CharterParametersBody, {
    doc: 'Values for parameters that the text does not give, or gives twice. A value against a clear text is refused.',
    optional: true,
  })
  declare readonly parameters?: CharterParametersBody;
  @TextList(0, 200, 80, { doc: 'Ids of the importer’s problems that the publisher accepts.', optional: true })
  declare readonly acceptedMissing?: readonly string[];
  @Text(4000, { doc: 'What changed since the version before, in French.', optional: true })
  declare readonly changeSummary?: string;
}

export class NotifyCharterBody {
  @OneOf(amendmentChannels, { doc: 'How members were told.' })
  declare readonly channel: AmendmentChannel;
  @Day({ doc: 'When.' })
  declare readonly notifiedOn: LocalDate;
  @Text(200, { doc: 'Where the proof is.', optional: true })
  declare readonly evidenceRef?: string;
}

export class AcknowledgeCharterBody {
  @Id({ doc: 'The version that the member read.' })
  declare readonly charterVersionId: string;
  @Moment({ doc: 'When the member said so.' })
  declare readonly at: Instant;
  @OneOf(contactChannels, { doc: 'How.' })
  declare readonly channel: ContactChannel;
}

export class AcknowledgementsQuery extends PageQuery {
  @OneOf(['given', 'missing'], { doc: 'Only those who accepted it, or only the others.', optional: true })
  declare readonly state?: 'given' | 'missing';
}

export class CharterDayQuery extends WaitQuery {
  @Day({ doc: 'Day of the appointment, in Paris; today when left out.', optional: true })
  declare readonly day?: LocalDate;
}
