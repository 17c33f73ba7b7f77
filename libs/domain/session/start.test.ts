import { event } from '#kernel/define-event.js';
import { given } from '#testing/given.js';
import { aMember, appointment, aRequest, aTechnician, at, charter, sessionFacts } from '#testing/service-desk.js';
import { ConsentGiven, ConsentRefused, ConsentWithdrawn } from './events-consent.js';
import { PresenceAttested } from './events-course.js';
import {
  charterStale,
  consentMissing,
  consentNotToday,
  consentRefused,
  consentVoid,
  consentWithdrawn,
  sessionNotPlanned,
  sessionUnknown,
} from './refusals-consent.js';
import {
  connectivityUnanswered,
  linkNotEncrypted,
  memberAbsent,
  sessionAlreadyBegun,
  slotOver,
  toolUnanswered,
} from './refusals-course.js';
import { session } from './session.js';
import { clock, consented, ended, running, start, started, who } from './session-story.fixture.js';

const facts = sessionFacts('2026-06-02 10:00');
const ready = given(session, consented);

describe('starting a session', () => {
  it('takes control when every condition is met, and attests the presence [charter:3.1a] [charter:7.1c]', () => {
    ready.when(start, facts).then([started, event(PresenceAttested, { ...who, at: clock('10:00') })]);
  });

  it('refuses to start without consent [charter:3.1a]', () => {
    given(session).when(start, facts).then(consentMissing);
  });

  it('refuses to start after a refusal or a withdrawal [charter:3.1a] [charter:3.1c]', () => {
    const refused = event(ConsentRefused, { ...who, at: clock('09:10'), channel: 'phone' });
    const withdrawn = event(ConsentWithdrawn, { ...who, at: clock('09:10'), channel: 'phone' });
    given(session, refused).when(start, facts).then(consentRefused);
    given(session, consented, withdrawn).when(start, facts).then(consentWithdrawn);
  });

  it('refuses a consent for another day: not started by the end of the planned day, it has lapsed [charter:3.1a]', () => {
    ready.when(start, sessionFacts('2026-06-03 10:00')).then(consentNotToday);
  });

  it('refuses a consent without the authorisation, should one ever be stored [charter:F.2]', () => {
    const statements = { ...consented.data.statements, authorise: false };
    given(session, event(ConsentGiven, { ...consented.data, statements }))
      .when(start, facts)
      .then({
        code: 'authorisation-missing',
        rule: 'charter:F.2',
      });
  });

  it('refuses a consent made void by unsubscribing, and an unsubscribed member [charter:3.1c]', () => {
    ready.when(start, { ...facts, member: aMember({ voidsConsentOf: () => true }) }).then(consentVoid);
    ready.when(start, { ...facts, member: aMember({ unsubscribed: true }) }).then({
      code: 'support-member-unsubscribed',
    });
  });

  it('refuses a consent on a version that is no longer in force [charter:10.2]', () => {
    const changed = charter.versions.map((one) => ({
      ...one,
      effectiveFrom: '2026-06-02' as typeof one.effectiveFrom,
    }));
    ready.when(start, { ...facts, charter: { versions: changed } }).then(charterStale);
  });

  it('refuses a technician who is unknown or not authorised [charter:4.4b]', () => {
    ready.when(start, { ...facts, technician: undefined }).then({ code: 'technician-unknown', rule: 'charter:4.4b' });
    const revoked = aTechnician({ isAuthorisedOn: () => false });
    ready
      .when(start, { ...facts, technician: revoked })
      .then({ code: 'technician-unauthorised', rule: 'charter:4.4b' });
  });

  it('refuses a technician without undertaking [charter:5.2]', () => {
    const unsigned = aTechnician({ hasUndertakingOn: () => false });
    ready.when(start, { ...facts, technician: unsigned }).then({ code: 'undertaking-missing', rule: 'charter:5.2' });
  });

  it('refuses a technician untrained in the specialised software [charter:1.2c]', () => {
    const request = aRequest({ specialisedSoftware: 'Krita' });
    ready.when(start, { ...facts, request }).then({ code: 'skill-missing', rule: 'charter:1.2c' });
    const technician = aTechnician({ isSkilledIn: () => true });
    expect(ready.when(start, { ...facts, request, technician }).answer).toHaveLength(2);
  });

  it('refuses a link that is not encrypted [charter:4.4a]', () => {
    ready.when({ ...start, linkEncrypted: false }, facts).then(linkNotEncrypted);
  });

  it('refuses to start without the member [charter:7.1c]', () => {
    ready.when({ ...start, memberPresent: false }, facts).then(memberAbsent);
  });

  it('needs the answers of the pre-checks, and records a no [charter:7.1a] [charter:7.1b]', () => {
    const { connectivityCheck: _, ...noConnection } = start;
    ready.when(noConnection, facts).then(connectivityUnanswered);
    const { toolReady: __, ...noTool } = start;
    ready.when(noTool, facts).then(toolUnanswered);
    expect(ready.when({ ...start, connectivityCheck: false, toolReady: false }, facts).answer).toMatchObject([
      { data: { connectivityCheck: false, toolReady: false } },
      {},
    ]);
  });

  it('flags a tool that the charter does not name [charter:P.2]', () => {
    const { answer } = ready.when({ ...start, toolName: 'AnyDesk', toolSessionRef: 'ref-1' }, facts);
    expect(answer).toMatchObject([{ data: { otherTool: true, toolSessionRef: 'ref-1' } }, {}]);
    expect(ready.when({ ...start, toolName: 'Real VNC Viewer' }, facts).answer).toMatchObject([
      { data: { otherTool: false } },
      {},
    ]);
  });

  it('judges the slot again: hours, closures declared since, and length [charter:7.2a] [charter:7.2b]', () => {
    const day = '2026-06-02' as never;
    const closures = { closures: [{ closureId: 'c', from: day, to: day, label: 'Congés', withdrawn: false }] };
    ready.when(start, { ...facts, closures }).then({ code: 'slot-outside-hours', rule: 'charter:7.2b' });
    const long = aRequest({ appointment: { ...appointment, endsAt: at('2026-06-02 11:30') } });
    ready.when(start, { ...facts, request: long }).then({ code: 'slot-too-long', rule: 'charter:7.2a' });
  });

  it('may start early within opening hours, never before them [charter:7.2b]', () => {
    expect(ready.when(start, sessionFacts('2026-06-02 09:15')).answer).toHaveLength(2);
    ready.when(start, sessionFacts('2026-06-02 08:55')).then({ code: 'slot-outside-hours' });
  });

  it('does not start once the slot is over [charter:7.2b]', () => {
    ready.when(start, sessionFacts('2026-06-02 11:00')).then(slotOver);
  });

  it('starts outside the rules only inside an agreed exceptional slot, for its length [charter:7.2c]', () => {
    const evening = { ...appointment, startsAt: at('2026-06-02 18:00'), endsAt: at('2026-06-02 20:00') };
    const agreements = [{ slotStart: at('2026-06-02 18:00'), slotEnd: at('2026-06-02 20:00') }];
    const agreed = { request: aRequest({ appointment: evening, agreements }) };
    expect(ready.when(start, sessionFacts('2026-06-02 18:05', agreed)).answer).toMatchObject([
      { type: 'SessionStarted', data: { exceptional: true, allowedMinutes: 120 } },
      {},
    ]);
    ready.when(start, sessionFacts('2026-06-02 17:55', agreed)).then({ code: 'slot-outside-hours' });
    const unagreed = { request: aRequest({ appointment: evening }) };
    ready.when(start, sessionFacts('2026-06-02 18:05', unagreed)).then({ code: 'slot-too-long' });
  });

  it('needs an appointment that stands in an open request [charter:3.1a]', () => {
    ready.when(start, { ...facts, request: undefined }).then(sessionUnknown);
    ready.when(start, { ...facts, request: aRequest({ open: false }) }).then(sessionNotPlanned);
  });

  it('flags a second session of the day without refusing it [charter:7.2a]', () => {
    expect(ready.when(start, { ...facts, otherSessionsThatDay: ['r9.1'] }).answer).toMatchObject([
      { type: 'SessionStarted' },
      { type: 'PresenceAttested' },
      { type: 'DeviationFlagged', data: { code: 'split-sessions', aboutId: 'r9.1', deviationId: 'r1.1-d1' } },
    ]);
  });

  it('refuses a password in the problem, and says nothing of it [charter:5.1a]', () => {
    const { answer } = ready.when({ ...start, problem: 'Le mdp est Soleil1975!' }, facts);
    expect(answer).toMatchObject({ code: 'secret-must-not-be-noted' });
    expect(JSON.stringify(answer)).not.toContain('Soleil');
  });

  it('needs the problem [charter:8.1b]', () => {
    ready.when({ ...start, problem: ' ' }, facts).then({ code: 'problem-missing', rule: 'charter:8.1b' });
  });

  it('starts once [charter:3.1a]', () => {
    given(session, ...running)
      .when(start, facts)
      .then([]);
    given(session, ...running)
      .when({ ...start, technicianId: 't2' }, facts)
      .then(sessionAlreadyBegun);
    given(session, ...running, ended)
      .when(start, facts)
      .then(sessionAlreadyBegun);
  });
});
