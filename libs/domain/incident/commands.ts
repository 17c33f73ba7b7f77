import type { Instant } from '#kernel/time.js';
import type { BreachKind, NoticeChannel, RiskLevel, TellingExemption } from './codes.js';

interface OfIncident {
  readonly incidentId: string;
}

export interface RecordIncident extends OfIncident {
  readonly type: 'RecordIncident';
  /** When the association became reasonably certain of it: may be past. */
  readonly awareAt: Instant;
  readonly kinds: readonly BreachKind[];
  readonly nature: string;
  readonly sessionIds: readonly string[];
  readonly memberIds: readonly string[];
  readonly personsAbout?: number;
  readonly consequences?: string;
  readonly measures?: string;
}

export interface ComplementIncident extends OfIncident {
  readonly type: 'ComplementIncident';
  readonly sessionIds: readonly string[];
  readonly memberIds: readonly string[];
  readonly personsAbout?: number;
  readonly nature?: string;
  readonly consequences?: string;
  readonly measures?: string;
}

export interface AssessIncident extends OfIncident {
  readonly type: 'AssessIncident';
  readonly risk: RiskLevel;
  readonly reasons: string;
}

export interface NotifyAuthority extends OfIncident {
  readonly type: 'NotifyAuthority';
  readonly notificationId: string;
  readonly notifiedAt: Instant;
  readonly content: string;
  readonly delayReasons?: string;
  readonly authorityReference?: string;
}

export interface TellPersons extends OfIncident {
  readonly type: 'TellPersons';
  readonly noticeId: string;
  readonly toldIds: readonly string[];
  readonly toldAt: Instant;
  readonly channel: NoticeChannel;
  readonly message: string;
}

export interface ExemptFromTelling extends OfIncident {
  readonly type: 'ExemptFromTelling';
  readonly exemption: TellingExemption;
  readonly reasons: string;
}

export interface CloseIncident extends OfIncident {
  readonly type: 'CloseIncident';
  readonly conclusion: string;
}

export type IncidentCommand =
  | RecordIncident
  | ComplementIncident
  | AssessIncident
  | NotifyAuthority
  | TellPersons
  | ExemptFromTelling
  | CloseIncident;
