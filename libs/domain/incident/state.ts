import type { Instant } from '#kernel/time.js';
import type { RiskLevel } from './codes.js';

export interface IncidentCase {
  readonly incidentId: string;
  readonly awareAt: Instant;
  readonly notifyBefore: Instant;
  readonly risk: RiskLevel | undefined;
  readonly notifications: readonly string[];
  readonly notices: readonly string[];
  readonly exempt: boolean;
  readonly closed: boolean;
}

export type IncidentState = IncidentCase | undefined;
export const initialIncident: IncidentState = undefined;
