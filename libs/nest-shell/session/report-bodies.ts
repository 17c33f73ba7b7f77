import { type ReportChannel, reportChannels } from '#domain/session/codes.js';
import type { Instant } from '#kernel/time.js';
import { Moment, OneOf } from '../fields/fields.js';
import { PurposeQuery } from '../fields/page-queries.js';

export class RequestReportBody {
  @OneOf(reportChannels, { doc: 'How the member asked.' })
  declare readonly channel: ReportChannel;
  @Moment({ doc: 'When; now when left out.', optional: true })
  declare readonly at?: Instant;
}

export class IssueReportBody {
  @OneOf(reportChannels, { doc: 'How it is given.' })
  declare readonly channel: ReportChannel;
}

export class ReportQuery extends PurposeQuery {
  @OneOf(['json', 'html', 'text'], { doc: '`json` when left out: both forms with the proof.', optional: true })
  declare readonly format?: 'json' | 'html' | 'text';
}
