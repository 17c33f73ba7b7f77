import { event } from '#kernel/define-event.js';
import { given } from '#testing/given.js';
import { sessionFacts } from '#testing/service-desk.js';
import { PresenceAttested, PresenceLost, SessionResumed } from './events-course.js';
import { memberAbsent, sessionNotBegun, sessionNotUnderWay, timeBeforeTurn } from './refusals-course.js';
import { session } from './session.js';
import { clock, consented, ended, paused, running, who } from './session-story.fixture.js';

const now = (time: string) => sessionFacts(`2026-06-02 ${time}`);
const live = given(session, ...running);
const sessionId = 'r1.1';

describe('a paused session', () => {
  const waiting = given(session, ...running, paused);

  it('resumes only with the member present, which is attested again [charter:7.1c]', () => {
    const resume = { type: 'ResumeSession', sessionId, memberPresent: true } as const;
    waiting
      .when(resume, now('10:30'))
      .then([
        event(SessionResumed, { ...who, at: clock('10:30') }),
        event(PresenceAttested, { ...who, at: clock('10:30') }),
      ]);
    waiting.when({ ...resume, memberPresent: false }, now('10:30')).then(memberAbsent);
    waiting.when({ ...resume, at: clock('10:15') }, now('10:30')).then(timeBeforeTurn);
    live.when(resume, now('10:30')).then([]);
  });

  it('is not paused twice, nor taken as absent twice [charter:7.1c]', () => {
    waiting.when({ type: 'PauseSession', sessionId, cause: 'member' }, now('10:30')).then([]);
    const away = given(session, ...running, paused, event(PresenceLost, { ...who, at: clock('10:21') }));
    away.when({ type: 'ReportPresenceLost', sessionId }, now('10:30')).then([]);
    away
      .when({ type: 'AttestPresence', sessionId }, now('10:30'))
      .then([event(PresenceAttested, { ...who, at: clock('10:30') })]);
    waiting.when({ type: 'AttestPresence', sessionId }, now('10:30')).then([]);
  });

  it('ends at once on STOP and on withdrawal [charter:7.3d] [charter:3.1c]', () => {
    expect(waiting.when({ type: 'StopSession', sessionId }, now('10:30')).after.status).toBe('ended');
    const withdraw = { type: 'WithdrawConsent', sessionId, channel: 'phone' } as const;
    expect(waiting.when(withdraw, now('10:30')).after.status).toBe('ended');
  });
});

describe('a session that is not under way', () => {
  const commands = [
    { type: 'PauseSession', sessionId, cause: 'member' },
    { type: 'ResumeSession', sessionId, memberPresent: true },
    { type: 'AttestPresence', sessionId },
    { type: 'ReportPresenceLost', sessionId },
    { type: 'InterruptSession', sessionId, reason: 'SECURITY' },
  ] as const;

  it('has no course before its start [charter:8.1a]', () => {
    for (const command of commands) given(session, consented).when(command, now('10:00')).then(sessionNotBegun);
    given(session, consented).when({ type: 'EndSession', sessionId }, now('10:00')).then(sessionNotBegun);
  });

  it('has no course after its end, and STOP has nothing left to stop [charter:8.1a] [charter:7.3d]', () => {
    const over = given(session, ...running, ended);
    for (const command of commands) over.when(command, now('11:00')).then(sessionNotUnderWay);
    over.when({ type: 'EndSession', sessionId }, now('11:00')).then([]);
    over.when({ type: 'StopSession', sessionId }, now('11:00')).then([]);
    over.when({ type: 'WithdrawConsent', sessionId, channel: 'phone' }, now('11:00')).then([]);
  });
});
