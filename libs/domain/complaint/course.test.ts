import { event } from '#kernel/define-event.js';
import { given } from '#testing/given.js';
import type { ComplaintCommand } from './commands.js';
import { complaint } from './complaint.js';
import { as, at, facts, filed, now, opened, propose, qualify } from './complaint-story.fixture.js';
import { ComplaintAcknowledged, InvestigationReported } from './events-course.js';

const ids = { complaintId: 'c1', memberId: 'm1' };
const appoint = (inquirerId: string) => ({ type: 'OpenInvestigation', complaintId: 'c1', inquirerId }) as const;
const acknowledge = { type: 'AcknowledgeComplaint', complaintId: 'c1', acknowledgedAt: now, channel: 'email' } as const;
const report = {
  type: 'ReportInvestigation',
  complaintId: 'c1',
  reportId: 'i1',
  findings: 'Le câble était débranché.',
} as const;

describe('the acknowledgement', () => {
  it('is due in five working days; late is told [charter:9.1]', () => {
    given(complaint, ...filed())
      .when(acknowledge, facts())
      .then([event(ComplaintAcknowledged, { ...ids, acknowledgedAt: now, channel: 'email', late: false })]);
    const late = at('2026-06-16T00:00:00+02:00');
    const told = given(complaint, ...filed()).when({ ...acknowledge, acknowledgedAt: late }, facts({ now: late }));
    expect(told.answer).toEqual([expect.objectContaining({ data: expect.objectContaining({ late: true }) })]);
    given(complaint, ...filed())
      .when({ ...acknowledge, acknowledgedAt: late }, facts())
      .then({ code: 'date-in-future' });
  });
});

describe('the inquiry', () => {
  it('goes to somebody who neither is complained of nor ran the session [charter:9.2]', () => {
    const past = filed({ against: ['l1'] });
    for (const inquirerId of ['t1', 'l1'])
      given(complaint, ...past)
        .when(appoint(inquirerId), facts())
        .then({ code: 'complaint-inquirer-concerned' });
    given(complaint, ...past)
      .when(appoint('t2'), facts())
      .then([opened]);
    given(complaint, ...past)
      .when(appoint('nobody'), facts())
      .then({ code: 'complaint-staff-unknown' });
    given(complaint, ...past, opened)
      .when(appoint('t2'), facts())
      .then([]);
  });

  it('excludes the support lead who ran the session [charter:9.2]', () => {
    const ran = filed({}, { sessions: [{ ...facts().sessions[0], technicianId: 'l1' } as never] });
    given(complaint, ...ran)
      .when(appoint('l1'), facts())
      .then({ code: 'complaint-inquirer-concerned' });
  });

  it('against the Director is opened by the President, and never led by a Director [charter:9.2]', () => {
    const past = filed({ concernsDirector: true });
    given(complaint, ...past)
      .when(appoint('t2'), facts())
      .then({ code: 'complaint-needs-president' });
    const president = facts({ ...as('p1', 'President'), directors: ['d1'] });
    given(complaint, ...past)
      .when(appoint('d1'), president)
      .then({ code: 'complaint-inquirer-concerned' });
    const { after } = given(complaint, ...past).when(appoint('t2'), president);
    expect(after?.inquirerId).toBe('t2');
  });

  it('is reported by the inquirer alone, as often as needed [charter:9.2]', () => {
    const inquirer = facts(as('t2', 'Technician'));
    given(complaint, ...filed(), opened)
      .when(report, facts())
      .then({ code: 'complaint-not-inquirer' });
    given(complaint, ...filed())
      .when(report, inquirer)
      .then({ code: 'complaint-not-inquirer' });
    const found = event(InvestigationReported, {
      ...ids,
      reportId: 'i1',
      inquirerId: 't2',
      findings: report.findings,
      at: now,
    });
    given(complaint, ...filed(), opened)
      .when(report, inquirer)
      .then([found]);
    given(complaint, ...filed(), opened, found)
      .when(report, inquirer)
      .then([]);
  });
});

describe('who decides', () => {
  const decisions: readonly ComplaintCommand[] = [appoint('t2'), propose];
  it.each(decisions.map((one) => [one.type, one] as const))(
    '%s: the Director or the President, nobody else [charter:9.2]',
    (_, one) => {
      for (const role of ['Administrator', 'SupportLead', 'Technician', 'Auditor', 'Integrator'] as const)
        given(complaint, ...filed())
          .when(one, facts(as('x1', role)))
          .then({ code: 'complaint-needs-director' });
      for (const role of ['Director', 'President'] as const)
        expect(given(complaint, ...filed()).when(one, facts(as('x1', role))).answer).toHaveLength(1);
    },
  );

  it('never is a person complained of, whatever the office [charter:9.2]', () => {
    const past = filed({ against: ['d1', 'p1'] });
    for (const [who, role] of [
      ['d1', 'Director'],
      ['p1', 'President'],
    ] as const)
      given(complaint, ...past)
        .when(propose, facts(as(who, role)))
        .then({ code: 'complaint-decider-concerned' });
  });
});

describe('the qualification of fault and damage', () => {
  it('is the decider’s, with reasons and links to what was recorded [charter:2.3c] [charter:6.1a] [charter:6.1b-d]', () => {
    const { answer } = given(complaint, ...filed(), opened).when(qualify, facts());
    expect(answer).toEqual([
      expect.objectContaining({
        type: 'ComplaintQualified',
        data: expect.objectContaining({ evidence: qualify.evidence, decidedAs: 'director' }),
      }),
    ]);
    given(complaint, ...filed(), opened)
      .when(qualify, facts(as('l1', 'SupportLead')))
      .then({ code: 'complaint-needs-director' });
  });

  it('comes after an inquiry was opened, and once [charter:9.2]', () => {
    given(complaint, ...filed())
      .when(qualify, facts())
      .then({ code: 'complaint-not-investigated' });
    const { answer } = given(complaint, ...filed(), opened).when(qualify, facts());
    given(complaint, ...filed(), opened, ...(answer as never[]))
      .when(qualify, facts())
      .then({ code: 'complaint-qualified-already' });
  });

  it('rests on nothing that is not in the journal concerned, as what it is said to be [charter:6.1b-d]', () => {
    for (const piece of [
      { kind: 'backup-advice', sessionId: 'r1.1', eventId: 'e1' },
      { kind: 'state-before', sessionId: 'r1.1', eventId: 'unknown' },
      { kind: 'state-before', sessionId: 'r2.1', eventId: 'e1' },
    ] as const)
      given(complaint, ...filed(), opened)
        .when({ ...qualify, evidence: [piece] }, facts())
        .then({ code: 'complaint-evidence-unknown' });
  });
});
