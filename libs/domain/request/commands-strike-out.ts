import type { StrikeOutDecision } from '../shared/strike-out.js';
import type { TextReason } from './codes.js';

export type RequestStrikeOutCommand =
  | {
      readonly type: 'ReportRequestText';
      readonly requestId: string;
      readonly strikeOutId: string;
      /** An event of this request. */
      readonly targetEventId: string;
      /** One of its free texts. */
      readonly field: string;
      readonly reason: TextReason;
    }
  | {
      readonly type: 'DecideRequestTextStrikeOut';
      readonly requestId: string;
      readonly strikeOutId: string;
      readonly decision: StrikeOutDecision;
    };
