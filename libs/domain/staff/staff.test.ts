import fc from 'fast-check';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import { type Instant, type LocalDate, toInstant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { fallbackParameters } from '../charter/parameters.js';
import type { StaffCommand } from './commands.js';
import type { StaffFacts } from './decide.js';
import {
  ConfidentialityUndertakingSigned,
  OfficeHolderAppointed,
  OfficeHolderDismissed,
  type StaffEvent,
  StaffRegistered,
  TechnicianAuthorised,
  TechnicianRevoked,
  TechnicianSkillRecorded,
} from './events.js';
import { staff } from './staff.js';
import { hasSkill, hasUndertaking, holdsOffice, isAuthorised } from './state.js';

const day = (text: string): LocalDate => text as LocalDate;
const version = (charterVersionId: string, effectiveFrom: string) => ({
  charterVersionId,
  effectiveFrom: day(effectiveFrom),
  textSha256: 'a'.repeat(64),
  parameters: fallbackParameters,
  notifications: [],
});
const facts: StaffFacts = {
  now: toInstant('2026-06-02T10:00:00+02:00') as Instant,
  actor: { staffId: 'director-1', roles: ['Director'] },
  time: frenchCivilTime(),
  charter: { versions: [version('v1', '2026-01-01'), version('v2', '2026-05-01')] },
};
const staffId = 'staff-1';
const registered = event(StaffRegistered, { staffId, name: 'Camille Inventée' });
const from = day('2026-01-01');

describe('a person of the association', () => {
  const register = { type: 'RegisterStaff' as const, staffId, name: 'Camille Inventée', email: 'c@exemple.fr' };

  it('is registered once [charter:11a-c]', () => {
    given(staff)
      .when(register, facts)
      .then([event(StaffRegistered, { staffId, name: 'Camille Inventée', email: 'c@exemple.fr' })]);
    given(staff, registered).when(register, facts).then({ code: 'staff-already-registered' });
  });

  it('is known before anything else is recorded about them [charter:11a-c]', () => {
    given(staff).when({ type: 'AuthoriseTechnician', staffId, from }, facts).then({ code: 'staff-unknown' });
  });
});

describe('an office', () => {
  const appoint = { type: 'AppointOfficeHolder' as const, staffId, office: 'director' as const, from };
  const appointed = event(OfficeHolderAppointed, { staffId, office: 'director', from });
  const dismiss = { type: 'DismissOfficeHolder' as const, staffId, office: 'director' as const, on: day('2026-06-01') };
  const dismissed = event(OfficeHolderDismissed, { staffId, office: 'director', on: day('2026-06-01') });

  it('is held from a day on, and then vacant [charter:11a-c]', () => {
    given(staff, registered).when(appoint, facts).then([appointed]);
    given(staff, registered, appointed).when(dismiss, facts).then([dismissed]);
    const { state } = given(staff, registered, appointed, dismissed);
    expect(
      ['2025-12-31', '2026-01-01', '2026-05-31', '2026-06-01'].map((date) => holdsOffice(state, 'director', day(date))),
    ).toEqual([false, true, true, false]);
    expect(holdsOffice(state, 'president', from)).toBe(false);
  });

  it('has one holder at a time, as far as the others are known [charter:11a-c]', () => {
    given(staff, registered, appointed)
      .when({ ...appoint, from: day('2026-03-01') }, facts)
      .then({ code: 'office-already-held', rule: 'charter:11a-c' });
    const otherHolders = [{ office: 'director' as const, from, until: day('2026-06-30'), cutOn: undefined }];
    given(staff, registered)
      .when({ ...appoint, from: day('2026-06-30') }, { ...facts, otherHolders })
      .then({ code: 'office-already-held', rule: 'charter:11a-c' });
    given(staff, registered)
      .when({ ...appoint, from: day('2026-07-01') }, { ...facts, otherHolders })
      .then([event(OfficeHolderAppointed, { staffId, office: 'director', from: day('2026-07-01') })]);
    given(staff, registered, appointed, dismissed)
      .when({ ...appoint, from: day('2026-06-01') }, facts)
      .then([event(OfficeHolderAppointed, { staffId, office: 'director', from: day('2026-06-01') })]);
  });

  it('ends only for whoever holds it [charter:11a-c]', () => {
    given(staff, registered).when(dismiss, facts).then({ code: 'office-not-held', rule: 'charter:11a-c' });
  });
});

describe('an habilitation', () => {
  const authorise = { type: 'AuthoriseTechnician' as const, staffId, from, until: day('2026-12-31') };
  const authorised = event(TechnicianAuthorised, { staffId, from, until: day('2026-12-31') });
  const revoke = { type: 'RevokeTechnician' as const, staffId, on: day('2026-06-03'), reason: 'resignation' as const };
  const revoked = event(TechnicianRevoked, { staffId, on: day('2026-06-03'), reason: 'resignation' });

  it('lasts from its first day to its last, or to the day before its revocation [charter:4.4b]', () => {
    given(staff, registered).when(authorise, facts).then([authorised]);
    given(staff, registered, authorised).when(revoke, facts).then([revoked]);
    const whole = given(staff, registered, authorised).state;
    expect(
      ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map((date) => isAuthorised(whole, day(date))),
    ).toEqual([false, true, true, false]);
    const cut = given(staff, registered, authorised, revoked).state;
    expect(['2026-06-02', '2026-06-03', '2026-12-31'].map((date) => isAuthorised(cut, day(date)))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('can be given again after a revocation, not twice at once [charter:4.4b]', () => {
    given(staff, registered, authorised)
      .when({ ...authorise, from: day('2026-06-01') }, facts)
      .then({ code: 'already-authorised', rule: 'charter:4.4b' });
    given(staff, registered, authorised, revoked)
      .when({ type: 'AuthoriseTechnician', staffId, from: day('2026-06-03') }, facts)
      .then([event(TechnicianAuthorised, { staffId, from: day('2026-06-03') })]);
    given(staff, registered).when(revoke, facts).then({ code: 'not-authorised', rule: 'charter:4.4b' });
    given(staff, registered)
      .when({ ...authorise, until: day('2025-12-31') }, facts)
      .then({ code: 'dates-reversed' });
  });
});

describe('the undertaking of confidentiality', () => {
  const sign = {
    type: 'SignConfidentialityUndertaking' as const,
    staffId,
    signedOn: day('2026-02-01'),
    charterVersionId: 'v1',
  };
  const signed = event(ConfidentialityUndertakingSigned, {
    staffId,
    signedOn: day('2026-02-01'),
    charterVersionId: 'v1',
  });

  it('is signed under a published version, not in the future [charter:5.2]', () => {
    given(staff, registered).when(sign, facts).then([signed]);
    given(staff, registered)
      .when({ ...sign, charterVersionId: 'v9' }, facts)
      .then({ code: 'undertaking-charter-unknown', rule: 'charter:5.2' });
    given(staff, registered)
      .when({ ...sign, signedOn: day('2026-06-03') }, facts)
      .then({ code: 'date-in-future' });
  });

  it('stays valid when the charter changes, from its day on [charter:5.2]', () => {
    const { state } = given(staff, registered, signed);
    expect(hasUndertaking(state)).toBe(true);
    expect(hasUndertaking(state, day('2026-01-31'))).toBe(false);
  });
});

describe('a skill', () => {
  const record = {
    type: 'RecordTechnicianSkill' as const,
    staffId,
    software: 'Ciel Compta',
    evidenceDate: day('2026-03-01'),
  };

  it('is recorded for one software, whatever its spelling [charter:1.2c]', () => {
    const recorded = event(TechnicianSkillRecorded, {
      staffId,
      software: 'Ciel Compta',
      evidenceDate: day('2026-03-01'),
    });
    given(staff, registered).when(record, facts).then([recorded]);
    given(staff, registered, recorded)
      .when({ ...record, software: 'CIEL  compta' }, facts)
      .then([]);
    const { state } = given(staff, registered, recorded);
    expect([hasSkill(state, ' ciel compta '), hasSkill(state, 'EBP')]).toEqual([true, false]);
  });

  it('carries neither secrets nor names, for it is never erased [charter:3.3a]', () => {
    given(staff, registered)
      .when({ ...record, evidenceRef: 'attestation de Mme Dupont' }, facts)
      .then({ code: 'plain-field-personal-data' });
    given(staff, registered)
      .when({ ...record, software: 'mdp: tournesol' }, facts)
      .then({ code: 'secret-must-not-be-noted', rule: 'charter:5.1a' });
  });
});

describe('any sequence of commands', () => {
  const dates = fc.integer({ min: 0, max: 400 }).map((offset) => facts.time.plusDays(from, offset));
  const optionalDate = fc.option(dates, { nil: undefined });
  const withUntil = <C>(command: C, until: LocalDate | undefined): C =>
    until === undefined ? command : { ...command, until };
  const office = fc.constantFrom('president' as const, 'director' as const);
  const anyCommand: fc.Arbitrary<StaffCommand> = fc.oneof(
    fc.constant<StaffCommand>({ type: 'RegisterStaff', staffId, name: 'Camille Inventée' }),
    fc
      .tuple(office, dates, optionalDate)
      .map(
        ([one, start, until]): StaffCommand =>
          withUntil({ type: 'AppointOfficeHolder', staffId, office: one, from: start }, until),
      ),
    fc
      .tuple(office, dates)
      .map(([one, on]): StaffCommand => ({ type: 'DismissOfficeHolder', staffId, office: one, on })),
    fc
      .tuple(dates, optionalDate)
      .map(([start, until]): StaffCommand => withUntil({ type: 'AuthoriseTechnician', staffId, from: start }, until)),
    dates.map((on): StaffCommand => ({ type: 'RevokeTechnician', staffId, on, reason: 'other' })),
    dates.map(
      (signedOn): StaffCommand => ({
        type: 'SignConfidentialityUndertaking',
        staffId,
        signedOn,
        charterVersionId: 'v1',
      }),
    ),
    dates.map(
      (evidenceDate): StaffCommand => ({ type: 'RecordTechnicianSkill', staffId, software: 'EBP', evidenceDate }),
    ),
  );

  it('given twice in a row changes nothing the second time [charter:4.4b] [charter:11a-c]', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 8 }), anyCommand, (past, command) => {
        const events: StaffEvent[] = [];
        for (const one of past) {
          const { answer } = given(staff, ...events).when(one, facts);
          if (!isRefusal(answer)) events.push(...answer);
        }
        const first = given(staff, ...events).when(command, facts);
        if (isRefusal(first.answer)) return;
        const again = given(staff, ...events, ...first.answer).when(command, facts).answer;
        expect(isRefusal(again) || again.length === 0).toBe(true);
      }),
    );
  });
});
