import type { StrikeOutDecision } from '../shared/strike-out.js';
import type { StrikeOutReason } from './codes.js';

export type StrikeOutCommand =
  | {
      readonly type: 'RequestStrikeOut';
      readonly sessionId: string;
      readonly strikeOutId: string;
      /** An event of this session. */
      readonly targetEventId: string;
      /** One of its free texts. */
      readonly field: string;
      readonly reason: StrikeOutReason;
    }
  | {
      readonly type: 'DecideStrikeOut';
      readonly sessionId: string;
      readonly strikeOutId: string;
      readonly decision: StrikeOutDecision;
    };
