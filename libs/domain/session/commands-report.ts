import type { Instant } from '#kernel/time.js';
import type { ReportChannel } from './codes.js';

export type ReportCommand =
  | {
      readonly type: 'RequestReport';
      readonly sessionId: string;
      readonly channel: ReportChannel;
      readonly at?: Instant;
    }
  | {
      readonly type: 'IssueReport';
      readonly sessionId: string;
      readonly reportId: string;
      /** What the page was made from, and its digest: by whoever makes it, in the same request. */
      readonly asOfRevision: number;
      readonly memberRevision: number;
      readonly htmlSha256: string;
      readonly channel: ReportChannel;
    };
