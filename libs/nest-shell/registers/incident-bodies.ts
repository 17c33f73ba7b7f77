import {
  type BreachKind,
  breachKinds,
  type NoticeChannel,
  noticeChannels,
  type RiskLevel,
  riskLevels,
  type TellingExemption,
  tellingExemptions,
} from '#domain/incident/codes.js';
import type { Instant } from '#kernel/time.js';
import { IdList, Moment, OneOf, SomeOf, Text, Whole } from '../fields/fields.js';
import { PageQuery, WaitQuery } from '../fields/page-queries.js';

const SESSIONS = { doc: 'Sessions touched.' } as const;
const MEMBERS = { doc: 'Members touched beyond these sessions.' } as const;
const ABOUT = { doc: 'About how many persons, where references do not say it.', optional: true } as const;
const CONSEQUENCES = { doc: 'What may come of it.', optional: true } as const;
const MEASURES = { doc: 'What was done against it.', optional: true } as const;

export class RecordIncidentBody {
  @Moment({ doc: 'When the association became aware: the 72 hours run from there. May be past.' })
  declare readonly awareAt: Instant;
  @SomeOf(breachKinds, 1, { doc: 'What is touched.', example: ['confidentiality'] })
  declare readonly kinds: readonly BreachKind[];
  @Text(8000, { doc: 'What happened.' })
  declare readonly nature: string;
  @IdList(0, 1000, SESSIONS) declare readonly sessionIds: readonly string[];
  @IdList(0, 1000, MEMBERS) declare readonly memberIds: readonly string[];
  @Whole(0, 1_000_000, ABOUT) declare readonly personsAbout?: number;
  @Text(8000, CONSEQUENCES) declare readonly consequences?: string;
  @Text(8000, MEASURES) declare readonly measures?: string;
}

export class ComplementIncidentBody {
  @Text(8000, { doc: 'What happened, told better.', optional: true })
  declare readonly nature?: string;
  @IdList(0, 1000, SESSIONS) declare readonly sessionIds: readonly string[];
  @IdList(0, 1000, MEMBERS) declare readonly memberIds: readonly string[];
  @Whole(0, 1_000_000, ABOUT) declare readonly personsAbout?: number;
  @Text(8000, CONSEQUENCES) declare readonly consequences?: string;
  @Text(8000, MEASURES) declare readonly measures?: string;
}

export class AssessIncidentBody {
  @OneOf(riskLevels, { doc: 'Risk for the persons: unlikely asks nothing more, a high one that they are told.' })
  declare readonly risk: RiskLevel;
  @Text(8000, { doc: 'Why.' })
  declare readonly reasons: string;
}

export class NotifyAuthorityBody {
  @Moment({ doc: 'When it was sent to the CNIL.' })
  declare readonly notifiedAt: Instant;
  @Text(8000, { doc: 'What it was told.' })
  declare readonly content: string;
  @Text(4000, { doc: 'Why it comes after the 72 hours; owed with a late first one.', optional: true })
  declare readonly delayReasons?: string;
  @Text(60, { doc: 'Number of the file at the CNIL.', optional: true })
  declare readonly authorityReference?: string;
}

export class TellPersonsBody {
  @IdList(1, 1000, { doc: 'Members told.' })
  declare readonly toldIds: readonly string[];
  @Moment({ doc: 'When.' })
  declare readonly toldAt: Instant;
  @OneOf(noticeChannels, { doc: 'How.' })
  declare readonly channel: NoticeChannel;
  @Text(8000, { doc: 'What they were told, in clear and plain words.' })
  declare readonly message: string;
}

export class ExemptFromTellingBody {
  @OneOf(tellingExemptions, { doc: 'Ground of GDPR 34(3).' })
  declare readonly exemption: TellingExemption;
  @Text(8000, { doc: 'Why it applies.' })
  declare readonly reasons: string;
}

export class CloseIncidentBody {
  @Text(8000, { doc: 'What was found in the end, and what was changed.' })
  declare readonly conclusion: string;
}

const formats = ['json', 'html'] as const;

export class IncidentQuery extends WaitQuery {
  @OneOf(formats, { doc: '`html`: the card to print.', optional: true })
  declare readonly format?: (typeof formats)[number];
}

const states = ['open', 'closed'] as const;

export class IncidentsQuery extends PageQuery {
  @OneOf(states, { doc: 'Only these.', optional: true })
  declare readonly state?: (typeof states)[number];
}
