import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import { given } from '#testing/given.js';
import { aMember, aRequest, aTechnician, at, sessionFacts } from '#testing/service-desk.js';
import type { SessionEvent } from './events.js';
import { ConsentWithdrawn } from './events-consent.js';
import { SessionRecordedAfterwards } from './events-course.js';
import { sessionUnknown } from './refusals-consent.js';
import { recordedMemberMismatch, sessionAlreadyBegun, timesImpossible } from './refusals-course.js';
import { session } from './session.js';
import { clock, consented, type Of, running, who } from './session-story.fixture.js';

const facts = sessionFacts('2026-06-02 14:00');
const record: Of<'RecordSessionAfterwards'> = {
  type: 'RecordSessionAfterwards',
  sessionId: 'r1.1',
  technicianId: 't1',
  startedAt: clock('10:00'),
  endedAt: clock('10:40'),
  problem: 'L’imprimante ne répond plus',
  reason: 'software-unavailable',
  memberPresent: 'yes',
  linkEncrypted: 'yes',
  toolName: 'RealVNC',
};
const told = { mode: 'oral', givenAt: clock('09:50'), charterVersionId: 'v1' } as const;
const fresh = given(session);
const breaches = (answer: unknown) =>
  isRefusal(answer)
    ? [answer.code]
    : (answer as readonly SessionEvent[])
        .filter((one) => one.type === 'DeviationFlagged' || one.type === 'OverrunFlagged')
        .map((one) => `${one.data.code}: ${one.data.detail}`);

describe('a session recorded afterwards', () => {
  it('carries its own times; when it was recorded stands on the event itself [charter:8.1a] [charter:8.1b]', () => {
    const { answer, after } = fresh.when({ ...record, consent: told }, facts);
    expect(answer).toEqual([
      event(SessionRecordedAfterwards, {
        ...who,
        requestId: 'r1',
        technicianId: 't1',
        startedAt: clock('10:00'),
        endedAt: clock('10:40'),
        segments: [{ from: clock('10:00'), to: clock('10:40') }],
        activeMinutes: 40,
        allowedMinutes: 60,
        problem: 'L’imprimante ne répond plus',
        reason: 'software-unavailable',
        consent: 'before-start',
        consentMode: 'oral',
        consentGivenAt: clock('09:50'),
        charterVersionId: 'v1',
        memberPresent: 'yes',
        linkEncrypted: 'yes',
        toolName: 'RealVNC',
        otherTool: false,
      }),
    ]);
    expect(after.status).toBe('ended');
  });

  it('without consent is recorded, and flagged as serious [charter:3.1a]', () => {
    const { answer } = fresh.when(record, facts);
    expect(answer).toMatchObject([
      { type: 'SessionRecordedAfterwards', data: { consent: 'none' } },
      { data: { code: 'no-consent', serious: true, rule: 'charter:3.1a', deviationId: 'r1.1-d1' } },
    ]);
  });

  it('with a consent that came after the start is flagged as serious [charter:3.1a]', () => {
    const { answer } = fresh.when({ ...record, consent: { ...told, givenAt: clock('10:10') } }, facts);
    expect(answer).toMatchObject([
      { data: { consent: 'after-start' } },
      { data: { code: 'consent-after-start', serious: true } },
    ]);
  });

  it('stands on the consent that the software holds for that day [charter:3.1a]', () => {
    expect(breaches(given(session, consented).when(record, facts).answer)).toEqual([]);
    const withdrawn = (time: string) => event(ConsentWithdrawn, { ...who, at: clock(time), channel: 'phone' });
    const gone = given(session, consented, withdrawn('09:30')).when(record, facts);
    expect(breaches(gone.answer)).toEqual(['no-consent: recorded-without-consent']);
    expect(breaches(given(session, consented, withdrawn('12:00')).when(record, facts).answer)).toEqual([]);
    const voided = aMember({ voidsConsentOf: (_, until) => until !== undefined && until >= clock('10:00') });
    expect(breaches(given(session, consented).when(record, { ...facts, member: voided }).answer)).toEqual([
      'no-consent: recorded-without-consent',
    ]);
  });

  it('on a superseded or unknown version is flagged, and judged by it when known [charter:10.2]', () => {
    const june = { startedAt: at('2026-06-11 10:00'), endedAt: at('2026-06-11 10:50') };
    const later = sessionFacts('2026-06-11 14:00');
    expect(
      breaches(fresh.when({ ...record, ...june, consent: { ...told, givenAt: at('2026-06-11 09:00') } }, later).answer),
    ).toEqual(['stale-charter: charter-version-superseded']);
    const unknown = { ...told, charterVersionId: 'v0' };
    expect(breaches(fresh.when({ ...record, consent: unknown }, facts).answer)).toEqual([
      'stale-charter: charter-version-unknown',
    ]);
  });

  it('out of hours is flagged, unless an exceptional agreement covers it [charter:7.2b] [charter:7.2c]', () => {
    const evening = { ...record, consent: told, startedAt: at('2026-06-02 18:00'), endedAt: at('2026-06-02 19:30') };
    const night = sessionFacts('2026-06-02 21:00');
    expect(breaches(fresh.when(evening, night).answer)).toEqual([
      'overrun: beyond-allowed-minutes',
      'out-of-hours: outside-opening-hours',
    ]);
    const agreements = [{ slotStart: at('2026-06-02 18:00'), slotEnd: at('2026-06-02 20:00') }];
    expect(breaches(fresh.when(evening, { ...night, request: aRequest({ agreements }) }).answer)).toEqual([]);
  });

  it('longer than allowed is flagged; its pauses do not count [charter:7.2a]', () => {
    const long = { ...record, consent: told, endedAt: clock('11:30') };
    expect(breaches(fresh.when(long, facts).answer)).toEqual(['overrun: beyond-allowed-minutes']);
    const segments = [
      { from: clock('10:00'), to: clock('10:30') },
      { from: clock('11:00'), to: clock('11:30') },
    ];
    expect(breaches(fresh.when({ ...long, segments }, facts).answer)).toEqual([]);
  });

  it('by somebody not authorised, without undertaking or untrained is flagged [charter:4.4b] [charter:5.2] [charter:1.2c]', () => {
    const nobody = aTechnician({ isAuthorisedOn: () => false, hasUndertakingOn: () => false });
    const request = aRequest({ specialisedSoftware: 'Krita' });
    const { answer } = fresh.when({ ...record, consent: told }, { ...facts, technician: nobody, request });
    expect(answer).toMatchObject([
      {},
      { data: { code: 'unhabilitated-technician', rule: 'charter:4.4b', detail: 'technician-not-authorised' } },
      { data: { code: 'unhabilitated-technician', rule: 'charter:5.2', detail: 'undertaking-not-signed' } },
      { data: { code: 'unhabilitated-technician', rule: 'charter:1.2c', detail: 'skill-not-recorded' } },
    ]);
  });

  it('without the member, on a day with another session, or told a day late, is flagged [charter:7.1c] [charter:7.2a] [charter:8.1a]', () => {
    const late = sessionFacts('2026-06-03 10:41', { otherSessionsThatDay: ['r9.1'] });
    expect(breaches(fresh.when({ ...record, consent: told, memberPresent: 'no' }, late).answer)).toEqual([
      'split-sessions: another-session-same-day',
      'absence: member-not-present',
      'late-recording: session-recorded-late',
    ]);
    expect(breaches(fresh.when({ ...record, consent: told }, sessionFacts('2026-06-03 10:39')).answer)).toEqual([]);
  });

  it('of a member who left or unsubscribed is recorded all the same [charter:P.1] [charter:3.1c]', () => {
    const member = aMember({ unsubscribed: true, hasLeft: () => true, status: 'lapsed' });
    expect(breaches(fresh.when({ ...record, consent: told }, { ...facts, member }).answer)).toEqual([]);
  });

  it('with an open link or another tool says so [charter:4.4a] [charter:P.2]', () => {
    const other = { ...record, consent: told, linkEncrypted: 'no', toolName: 'AnyDesk' } as const;
    expect(fresh.when(other, facts).answer).toMatchObject([{ data: { linkEncrypted: 'no', otherTool: true } }]);
  });

  it('may have no request, and names its member then [charter:8.1b]', () => {
    const alone = { ...record, sessionId: 'x7', memberId: 'm1', consent: told };
    const none = { ...facts, request: undefined };
    expect(breaches(fresh.when(alone, none).answer)).toEqual([]);
    fresh.when(alone, { ...none, member: undefined }).then({ code: 'support-member-unknown', rule: 'charter:P.1' });
  });

  it('is refused only for what cannot be [charter:8.1a]', () => {
    fresh.when({ ...record, endedAt: clock('10:00') }, facts).then(timesImpossible);
    fresh.when({ ...record, endedAt: clock('15:00') }, facts).then({ code: 'fact-in-future' });
    for (const segments of [
      [],
      [{ from: clock('09:00'), to: clock('10:10') }],
      [{ from: clock('10:00'), to: clock('11:00') }],
      [
        { from: clock('10:20'), to: clock('10:30') },
        { from: clock('10:00'), to: clock('10:10') },
      ],
    ])
      fresh.when({ ...record, segments }, facts).then(timesImpossible);
    fresh.when({ ...record, memberId: 'm2' }, facts).then(recordedMemberMismatch);
    fresh.when(record, { ...facts, technician: undefined }).then({ code: 'technician-unknown' });
    fresh.when({ ...record, problem: ' ' }, facts).then({ code: 'problem-missing', rule: 'charter:8.1b' });
    fresh.when(record, { ...facts, request: aRequest({ appointment: undefined }) }).then(sessionUnknown);
  });

  it('is recorded once, and never over one that the software saw [charter:8.1a]', () => {
    const { answer } = fresh.when(record, facts);
    const known = given(session, ...(answer as readonly SessionEvent[]));
    known.when(record, facts).then([]);
    known.when({ ...record, endedAt: clock('10:50') }, facts).then(sessionAlreadyBegun);
    given(session, ...running)
      .when(record, facts)
      .then(sessionAlreadyBegun);
  });

  it('takes its actions, states and closing like any other [charter:8.1c] [charter:2.3a]', () => {
    const { answer } = fresh.when({ ...record, consent: told }, facts);
    const known = given(session, ...(answer as readonly SessionEvent[]));
    const act = {
      type: 'RecordAction',
      sessionId: 'r1.1',
      actionId: 'a1',
      category: 'updates',
      riskClass: 'reset',
      description: 'Réinitialisation',
    } as const;
    expect(known.when(act, facts).answer).toMatchObject([
      { type: 'ActionPerformed', data: { performedAt: clock('10:40') } },
      { data: { code: 'no-backup-answer', detail: 'backup-not-answered' } },
    ]);
  });
});
