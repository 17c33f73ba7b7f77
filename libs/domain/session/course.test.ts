import { event } from '#kernel/define-event.js';
import { given } from '#testing/given.js';
import { aRequest, at, sessionFacts } from '#testing/service-desk.js';
import { activeMilliseconds, remainingMilliseconds } from './active-time.js';
import { ConsentWithdrawn } from './events-consent.js';
import {
  ExtensionAgreed,
  PresenceLost,
  SessionEnded,
  SessionInterrupted,
  SessionPaused,
  SessionResumed,
} from './events-course.js';
import {
  extensionInvalid,
  extensionNotAccepted,
  extensionOutsideHours,
  extensionTooLate,
  timeBeforeTurn,
} from './refusals-course.js';
import { session } from './session.js';
import { acted, clock, consented, ended, paused, running, started, who } from './session-story.fixture.js';

const now = (time: string) => sessionFacts(`2026-06-02 ${time}`);
const live = given(session, ...running);
const sessionId = 'r1.1';
const stopEvents = (time: string, cause: 'interrupted' | 'consent-withdrawn') => [
  event(SessionInterrupted, { ...who, at: clock(time), reason: 'MEMBER_REQUEST', beyondCharter: false }),
  event(SessionEnded, { ...who, at: clock(time), cause }),
];

describe('a running session', () => {
  it('ends at once when the member withdraws [charter:3.1c]', () => {
    live
      .when({ type: 'WithdrawConsent', sessionId, channel: 'link' }, now('10:15'))
      .then([
        event(ConsentWithdrawn, { ...who, at: clock('10:15'), channel: 'link' }),
        ...stopEvents('10:15', 'consent-withdrawn'),
      ]);
  });

  it('ends at once when the member refuses after all [charter:3.1c]', () => {
    const { answer, after } = live.when({ type: 'RefuseConsent', sessionId, channel: 'phone' }, now('10:15'));
    expect(answer).toMatchObject([
      { type: 'ConsentWithdrawn' },
      { type: 'SessionInterrupted' },
      { type: 'SessionEnded' },
    ]);
    expect(after.status).toBe('ended');
  });

  it('stops at once on the member’s STOP, without a reason [charter:7.3d] [charter:X.4-6]', () => {
    live.when({ type: 'StopSession', sessionId }, now('10:15')).then(stopEvents('10:15', 'interrupted'));
  });

  it('never refuses a STOP for its time: it counts between the last turn and now [charter:7.3d]', () => {
    const early = { type: 'StopSession', sessionId, at: clock('09:00') } as const;
    live.when(early, now('10:15')).then(stopEvents('10:00', 'interrupted'));
    const late = { type: 'StopSession', sessionId, at: clock('12:00') } as const;
    live.when(late, now('10:15')).then(stopEvents('10:15', 'interrupted'));
  });

  it.each([
    ['HOSTILITY', false],
    ['SECURITY', false],
    ['OUT_OF_SCOPE', false],
    ['MEMBER_REQUEST', false],
    ['TECHNICAL', true],
    ['ABSENCE', true],
    ['TIME_LIMIT', true],
  ] as const)('is interrupted for %s; beyond the charter: %s', (reason, beyondCharter) => {
    live
      .when({ type: 'InterruptSession', sessionId, reason, note: 'Les faits' }, now('10:15'))
      .then([
        event(SessionInterrupted, { ...who, at: clock('10:15'), reason, beyondCharter, note: 'Les faits' }),
        event(SessionEnded, { ...who, at: clock('10:15'), cause: 'interrupted' }),
      ]);
  });

  it('names hostility, danger, scope and the member’s wish by their codes [charter:7.3a] [charter:7.3b] [charter:7.3c] [charter:7.3d]', () => {
    for (const reason of ['HOSTILITY', 'SECURITY', 'OUT_OF_SCOPE', 'MEMBER_REQUEST'] as const)
      expect(live.when({ type: 'InterruptSession', sessionId, reason }, now('10:15')).answer).toMatchObject([
        { data: { reason, beyondCharter: false } },
        {},
      ]);
  });

  it('marks technical cut, absence and time limit « hors charte » [charter:7.3+]', () => {
    for (const reason of ['TECHNICAL', 'ABSENCE', 'TIME_LIMIT'] as const)
      expect(live.when({ type: 'InterruptSession', sessionId, reason }, now('10:15')).answer).toMatchObject([
        { data: { reason, beyondCharter: true } },
        {},
      ]);
  });

  it('lints the note of an interruption [charter:3.3a]', () => {
    const note = 'IBAN FR76 3000 6000 0112 3456 7890 189';
    live
      .when({ type: 'InterruptSession', sessionId, reason: 'HOSTILITY', note }, now('10:15'))
      .then({ code: 'content-lint-blocked' });
  });

  it('pauses, and does not count the pause [charter:7.2a] [charter:8.1a]', () => {
    const pause = { type: 'PauseSession', sessionId, cause: 'technical' } as const;
    live.when(pause, now('10:20')).then([paused]);
    const state = given(session, ...running, paused, event(SessionResumed, { ...who, at: clock('10:30') })).state;
    expect(activeMilliseconds(state.segments, clock('10:45'))).toBe(35 * 60_000);
    expect(remainingMilliseconds(state, clock('10:45'))).toBe(25 * 60_000);
  });

  it('is paused when the member is no longer present [charter:7.1c]', () => {
    live
      .when({ type: 'ReportPresenceLost', sessionId }, now('10:20'))
      .then([
        event(PresenceLost, { ...who, at: clock('10:20') }),
        event(SessionPaused, { ...who, at: clock('10:20'), cause: 'absence' }),
      ]);
  });

  it('is extended before its time is up, with the member’s consent [charter:7.2a]', () => {
    const extend = { type: 'AgreeExtension', sessionId, extensionId: 'e1', minutes: 15, memberAccepted: true } as const;
    const extended = event(ExtensionAgreed, {
      ...who,
      extensionId: 'e1',
      at: clock('10:50'),
      minutes: 15,
      memberAccepted: true,
    });
    live.when(extend, now('10:50')).then([extended]);
    live.when({ ...extend, memberAccepted: false }, now('10:50')).then(extensionNotAccepted);
    live.when({ ...extend, minutes: 0 }, now('10:50')).then(extensionInvalid);
    live.when({ ...extend, minutes: 1.5 }, now('10:50')).then(extensionInvalid);
    live.when(extend, now('11:00')).then(extensionTooLate);
    live.when(extend, now('11:05')).then(extensionTooLate);
    given(session, ...running, extended)
      .when(extend, now('10:55'))
      .then([]);
    given(session, ...running, extended)
      .when({ type: 'EndSession', sessionId }, now('11:15'))
      .then([event(SessionEnded, { ...who, at: clock('11:15'), cause: 'completed' })]);
  });

  it('is not extended beyond opening hours without an agreement [charter:7.2b] [charter:7.2c]', () => {
    const late = given(session, consented, { ...started, data: { ...started.data, startedAt: clock('16:00') } });
    const extend = { type: 'AgreeExtension', sessionId, extensionId: 'e1', minutes: 15, memberAccepted: true } as const;
    late.when(extend, now('16:30')).then(extensionOutsideHours);
    const agreements = [{ slotStart: at('2026-06-02 16:00'), slotEnd: at('2026-06-02 18:00') }];
    const agreed = sessionFacts('2026-06-02 16:30', { request: aRequest({ agreements }) });
    expect(late.when(extend, agreed).answer).toHaveLength(1);
  });

  it('ends with its own time, typed by the minute [charter:8.1a]', () => {
    live.when({ type: 'EndSession', sessionId, at: clock('10:40') }, now('10:45')).then([ended]);
  });

  it('refuses only times that cannot be: to come, before the start or before a noted action [charter:8.1a]', () => {
    live.when({ type: 'EndSession', sessionId, at: clock('11:30') }, now('10:45')).then({ code: 'fact-in-future' });
    live.when({ type: 'EndSession', sessionId, at: clock('09:59') }, now('10:45')).then(timeBeforeTurn);
    given(session, ...running, acted)
      .when({ type: 'EndSession', sessionId, at: clock('10:09') }, now('10:45'))
      .then(timeBeforeTurn);
  });

  it('flags an overrun at its end, never refuses it [charter:7.2a]', () => {
    expect(live.when({ type: 'EndSession', sessionId }, now('11:20')).answer).toMatchObject([
      { type: 'SessionEnded' },
      {
        type: 'OverrunFlagged',
        data: { code: 'overrun', rule: 'charter:7.2a', activeMinutes: 80, allowedMinutes: 60, overrunSeconds: 1200 },
      },
    ]);
    expect(live.when({ type: 'EndSession', sessionId }, now('11:00')).answer).toHaveLength(1);
  });

  it('flags an end outside opening hours unless it was agreed [charter:7.2b]', () => {
    const late = given(session, consented, { ...started, data: { ...started.data, startedAt: clock('16:30') } });
    const end = { type: 'EndSession', sessionId } as const;
    expect(late.when(end, now('17:10')).answer).toMatchObject([
      {},
      { type: 'DeviationFlagged', data: { code: 'out-of-hours', rule: 'charter:7.2b' } },
    ]);
    const agreements = [{ slotStart: at('2026-06-02 16:00'), slotEnd: at('2026-06-02 18:00') }];
    const agreed = sessionFacts('2026-06-02 17:10', { request: aRequest({ agreements }) });
    expect(late.when(end, agreed).answer).toHaveLength(1);
  });

  it('is judged by the version that it was consented under, whatever came since [charter:10.2] [charter:7.2a]', () => {
    const past = sessionFacts('2026-06-15 10:00');
    const { answer } = live.when({ type: 'EndSession', sessionId, at: clock('10:50') }, past);
    expect(answer).toMatchObject([{}, { data: { code: 'late-recording' } }]);
  });

  it('flags an end that is entered more than a day late [charter:8.1a]', () => {
    const late = sessionFacts('2026-06-03 10:41');
    expect(live.when({ type: 'EndSession', sessionId, at: clock('10:40') }, late).answer).toMatchObject([
      {},
      { data: { code: 'late-recording', detail: 'entry-recorded-late', rule: 'charter:8.1a' } },
    ]);
  });
});
