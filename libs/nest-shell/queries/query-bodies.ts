import { serviceCategories } from '#domain/request/codes.js';
import { consentModes, outcomes } from '#domain/session/codes.js';
import { deviationCodes } from '#domain/shared/deviation.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { AppointmentConsent, AppointmentStatus } from '#views/appointments.js';
import type { ConsentContest } from '#views/consents.js';
import type { JournalStatus } from '#views/journal-document.js';
import type { RequestStatus } from '#views/requests.js';
import { Day, digits, Id, Moment, OneOf, Pattern, Whole } from '../fields/fields.js';
import { PageQuery } from '../fields/page-queries.js';
import { type Purpose, PurposeOf, Sort, WaitFor } from '../fields/query-fields.js';

const MEMBER = { doc: 'Only of this member.', optional: true } as const;
const FROM = { doc: 'From this day on (Europe/Paris).', optional: true } as const;
const TO = { doc: 'Up to this day, included.', optional: true } as const;
const QueryNumber = (max: number, doc: string): PropertyDecorator => Whole(0, max, { doc, optional: true }, digits(9));

const journalStatuses: readonly JournalStatus[] = ['prepared', 'running', 'paused', 'ended', 'closed'];
export class JournalQuery extends PageQuery {
  @Sort('startedAt') declare readonly sort?: 'startedAt' | '-startedAt';
  @Id(MEMBER) declare readonly memberId?: string;
  @Id({ doc: 'Only by this technician.', optional: true }) declare readonly technicianId?: string;
  @OneOf(journalStatuses, { doc: 'Only in this state.', optional: true }) declare readonly status?: JournalStatus;
  @OneOf(outcomes, { doc: 'Only with this outcome.', optional: true }) declare readonly outcome?: string;
  @OneOf(serviceCategories, { doc: 'Only with this service.', optional: true }) declare readonly category?: string;
  @OneOf(deviationCodes, { doc: 'Only with this deviation.', optional: true }) declare readonly deviation?: string;
  @Day(FROM) declare readonly from?: LocalDate;
  @Day(TO) declare readonly to?: LocalDate;
}

const consentStates = ['live', 'used', 'withdrawn', 'refused', 'lapsed', 'void'] as const;
const consentContests: readonly ConsentContest[] = ['open', 'confirmed', 'not-exact'];
export class ConsentsQuery extends PageQuery {
  @Sort('recordedAt') declare readonly sort?: 'recordedAt' | '-recordedAt';
  @Id(MEMBER) declare readonly memberId?: string;
  @OneOf(consentModes, { doc: 'Written or oral.', optional: true }) declare readonly mode?: 'written' | 'oral';
  @OneOf(consentStates, {
    doc: 'Only in this state. Of live, lapsed and void, a page may be short and yet have a next one.',
    optional: true,
  })
  declare readonly state?: (typeof consentStates)[number];
  @OneOf(consentContests, {
    doc: 'Only those of which the member said « ce n’est pas exact », by what came of it.',
    optional: true,
  })
  declare readonly contest?: ConsentContest;
}

const requestStatuses: readonly RequestStatus[] = ['received', 'qualified', 'booked', 'declined', 'closed'];
export class RequestsQuery extends PageQuery {
  @Sort('receivedAt') declare readonly sort?: 'receivedAt' | '-receivedAt';
  @Id(MEMBER) declare readonly memberId?: string;
  @OneOf(requestStatuses, { doc: 'Only in this state.', optional: true }) declare readonly status?: RequestStatus;
  @OneOf(serviceCategories, { doc: 'Only with this service.', optional: true }) declare readonly category?: string;
}

const appointmentStatuses: readonly AppointmentStatus[] = ['booked', 'cancelled', 'running', 'ended', 'closed'];
const appointmentConsents: readonly AppointmentConsent[] = ['missing', 'given', 'refused', 'withdrawn'];
export class AppointmentsQuery extends PageQuery {
  @Sort('startsAt') declare readonly sort?: 'startsAt' | '-startsAt';
  @Day({ doc: 'Only on this day (Europe/Paris).', optional: true }) declare readonly day?: LocalDate;
  @Moment({ doc: 'Only from this moment on.', optional: true }) declare readonly from?: Instant;
  @Id({ doc: 'Only of this technician.', optional: true }) declare readonly technicianId?: string;
  @Id(MEMBER) declare readonly memberId?: string;
  @OneOf(appointmentStatuses, { doc: 'Only in this state.', optional: true })
  declare readonly status?: AppointmentStatus;
  @OneOf(appointmentConsents, { doc: 'Only with this state of consent.', optional: true })
  declare readonly consent?: AppointmentConsent;
}

export class DeviationsQuery extends PageQuery {
  @Sort('flaggedAt') declare readonly sort?: 'flaggedAt' | '-flaggedAt';
  @OneOf(deviationCodes, { doc: 'Only this code.', optional: true }) declare readonly code?: string;
  @Pattern(/^charter:[A-Za-z0-9.-]{1,20}$/, 'une règle', { doc: 'Only against this rule.', optional: true })
  declare readonly rule?: string;
  @OneOf(['open', 'reviewed'], { doc: 'Commented by the support lead or not.', optional: true })
  declare readonly review?: 'open' | 'reviewed';
  @Id(MEMBER) declare readonly memberId?: string;
  @Id({ doc: 'Only of this session.', optional: true }) declare readonly sessionId?: string;
  @Day(FROM) declare readonly from?: LocalDate;
  @Day(TO) declare readonly to?: LocalDate;
}

export class ComplianceQuery {
  @WaitFor() declare readonly waitFor?: string;
  @Day(FROM) declare readonly from?: LocalDate;
  @Day(TO) declare readonly to?: LocalDate;
}

export class AccessesQuery extends PageQuery {
  @Id(MEMBER) declare readonly memberId?: string;
  @Id({ doc: 'Only by this person.', optional: true }) declare readonly by?: string;
}

export class StreamQuery {
  @PurposeOf(true) declare readonly purpose?: Purpose;
  @Moment({ doc: 'The stream as it stood then; as it is now when left out.', optional: true })
  declare readonly at?: Instant;
  @QueryNumber(1e9, 'First revision; 0 when left out.') declare readonly from?: number;
  @QueryNumber(200, 'How many events; 200 when left out.') declare readonly limit?: number;
}
