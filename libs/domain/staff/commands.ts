import type { LocalDate } from '#kernel/time.js';
import type { Office, RevocationReason } from './events.js';

export interface RegisterStaff {
  readonly type: 'RegisterStaff';
  readonly staffId: string;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
}

export interface AppointOfficeHolder {
  readonly type: 'AppointOfficeHolder';
  readonly staffId: string;
  readonly office: Office;
  readonly from: LocalDate;
  /** Last day in office. */
  readonly until?: LocalDate;
}

export interface DismissOfficeHolder {
  readonly type: 'DismissOfficeHolder';
  readonly staffId: string;
  readonly office: Office;
  /** First day without the office. */
  readonly on: LocalDate;
}

export interface AuthoriseTechnician {
  readonly type: 'AuthoriseTechnician';
  readonly staffId: string;
  readonly from: LocalDate;
  /** Last day of habilitation. */
  readonly until?: LocalDate;
}

export interface RevokeTechnician {
  readonly type: 'RevokeTechnician';
  readonly staffId: string;
  /** First day without habilitation. */
  readonly on: LocalDate;
  readonly reason: RevocationReason;
}

export interface SignConfidentialityUndertaking {
  readonly type: 'SignConfidentialityUndertaking';
  readonly staffId: string;
  readonly signedOn: LocalDate;
  readonly charterVersionId: string;
  readonly evidenceRef?: string;
}

export interface RecordTechnicianSkill {
  readonly type: 'RecordTechnicianSkill';
  readonly staffId: string;
  readonly software: string;
  readonly evidenceDate: LocalDate;
  readonly evidenceRef?: string;
}

export type StaffCommand =
  | RegisterStaff
  | AppointOfficeHolder
  | DismissOfficeHolder
  | AuthoriseTechnician
  | RevokeTechnician
  | SignConfidentialityUndertaking
  | RecordTechnicianSkill;
