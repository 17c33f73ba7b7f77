import { type Office, offices, type RevocationReason, revocationReasons } from '#domain/staff/events.js';
import type { LocalDate } from '#kernel/time.js';
import { Day, Id, OneOf, Text } from '../fields/fields.js';

export class RegisterStaffBody {
  @Text(200, { doc: 'Name.' })
  declare readonly name: string;
  @Text(254, { doc: 'E-mail address.', optional: true })
  declare readonly email?: string;
  @Text(40, { doc: 'Telephone.', optional: true })
  declare readonly phone?: string;
}

export class AppointOfficeHolderBody {
  @OneOf(offices, { doc: 'The office.' })
  declare readonly office: Office;
  @Day({ doc: 'First day in office.' })
  declare readonly from: LocalDate;
  @Day({ doc: 'Last day in office.', optional: true })
  declare readonly until?: LocalDate;
}

export class DismissOfficeHolderBody {
  @OneOf(offices, { doc: 'The office.' })
  declare readonly office: Office;
  @Day({ doc: 'First day without the office.' })
  declare readonly on: LocalDate;
}

export class AuthoriseTechnicianBody {
  @Day({ doc: 'First day of habilitation.' })
  declare readonly from: LocalDate;
  @Day({ doc: 'Last day of habilitation.', optional: true })
  declare readonly until?: LocalDate;
}

export class RevokeTechnicianBody {
  @Day({ doc: 'First day without habilitation.' })
  declare readonly on: LocalDate;
  @OneOf(revocationReasons, { doc: 'Why.' })
  declare readonly reason: RevocationReason;
}

export class SignUndertakingBody {
  @Day({ doc: 'When it was signed.' })
  declare readonly signedOn: LocalDate;
  @Id({ doc: 'The charter version it was signed under.' })
  declare readonly charterVersionId: string;
  @Text(200, { doc: 'Where the signed paper is.', optional: true })
  declare readonly evidenceRef?: string;
}

export class RecordSkillBody {
  @Text(120, { doc: 'The specialised software.' })
  declare readonly software: string;
  @Day({ doc: 'Date of the training or of its proof.' })
  declare readonly evidenceDate: LocalDate;
  @Text(200, { doc: 'Where the proof is.', optional: true })
  declare readonly evidenceRef?: string;
}
