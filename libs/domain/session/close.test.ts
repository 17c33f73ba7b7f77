import { event } from '#kernel/define-event.js';
import { given } from '#testing/given.js';
import { sessionFacts } from '#testing/service-desk.js';
import { outcomes } from './codes.js';
import type { SessionEvent } from './events.js';
import { SessionClosed, SessionEnded, SessionPaused, SessionResumed } from './events-course.js';
import { CredentialChangeConfirmed, NoActionStated, TemporaryCredentialUsed } from './events-journal.js';
import { sessionNotBegun } from './refusals-course.js';
import {
  actionsMissing,
  recommendationsAbsent,
  sessionClosedAlready,
  sessionNotOver,
  statesMissing,
} from './refusals-journal.js';
import { session } from './session.js';
import {
  acted,
  advised,
  after,
  before,
  clock,
  complete,
  consented,
  ended,
  running,
  who,
} from './session-story.fixture.js';

const facts = sessionFacts('2026-06-02 10:50');
const close = { type: 'CloseSession', sessionId: 'r1.1', outcome: 'resolved' } as const;
const without = (...left: readonly SessionEvent[]) => complete.filter((one) => !left.includes(one));
const closed = (segments: readonly { from: string; to: string }[], endedAt: string, activeMinutes: number) =>
  event(SessionClosed, {
    ...who,
    startedAt: clock('10:00'),
    endedAt: clock(endedAt),
    segments: segments.map(({ from, to }) => ({ from: clock(from), to: clock(to) })),
    activeMinutes,
    outcome: 'resolved',
    closedAt: facts.now,
  });
const whole = closed([{ from: '10:00', to: '10:40' }], '10:40', 40);

describe('closing a session', () => {
  it('is done with date, duration, problem, actions, states and recommendations [charter:8.1a] [charter:8.1b] [charter:8.1c] [charter:8.1d] [charter:8.1e]', () => {
    given(session, ...complete)
      .when(close, facts)
      .then([whole]);
  });

  it('counts the active segments only [charter:8.1a] [charter:7.2a]', () => {
    const pause = event(SessionPaused, { ...who, at: clock('10:10'), cause: 'technical' });
    const resume = event(SessionResumed, { ...who, at: clock('10:25') });
    const parts = [
      { from: '10:00', to: '10:10' },
      { from: '10:25', to: '10:40' },
    ];
    given(session, ...running, pause, resume, before, acted, after, advised, ended)
      .when(close, facts)
      .then([closed(parts, '10:40', 25)]);
  });

  it('waits for the end of the session [charter:8.1a]', () => {
    given(session, ...without(ended))
      .when(close, facts)
      .then(sessionNotOver);
    given(session, consented).when(close, facts).then(sessionNotBegun);
  });

  it('needs an action or the statement that there was none [charter:8.1c]', () => {
    given(session, ...without(acted))
      .when(close, facts)
      .then(actionsMissing);
    const none = event(NoActionStated, { ...who, at: clock('10:39'), reason: 'problem-gone' });
    expect(given(session, ...without(acted, ended), none, ended).when(close, facts).answer).toHaveLength(1);
  });

  it('needs the state before and the state after [charter:8.1d]', () => {
    given(session, ...without(before))
      .when(close, facts)
      .then(statesMissing);
    given(session, ...without(after))
      .when(close, facts)
      .then(statesMissing);
  });

  it('needs recommendations or an explicit none [charter:8.1e]', () => {
    given(session, ...without(advised))
      .when(close, facts)
      .then(recommendationsAbsent);
  });

  it('says at once all that is missing [charter:8.1c] [charter:8.1d] [charter:8.1e]', () => {
    const { answer } = given(session, ...running, ended).when(close, facts);
    const pointers = ['/actions', '/stateBefore', '/stateAfter', '/recommendations'].map((pointer) => ({ pointer }));
    expect(answer).toMatchObject({ code: 'actions-missing', pointers });
  });

  it('has a scale of outcomes without a guaranteed result [charter:2.1]', () => {
    expect(outcomes).toEqual(['resolved', 'partly', 'not', 'transferred']);
  });

  it('is possible after a cut, with what was not observed [charter:8.1d] [charter:7.3+]', () => {
    const cut = event(SessionEnded, { ...who, at: clock('10:05'), cause: 'interrupted' });
    const past = given(session, ...running, cut);
    const unobserved = { sessionId: 'r1.1', observed: false, notObservedReason: 'session-cut' } as const;
    let story = [...running, cut] as readonly SessionEvent[];
    for (const type of ['RecordStateBefore', 'RecordStateAfter'] as const) {
      const { answer } = past.when({ ...unobserved, type }, facts);
      story = [...story, ...(answer as readonly SessionEvent[])];
    }
    const none = event(NoActionStated, { ...who, at: clock('10:05'), reason: 'interrupted' });
    expect(given(session, ...story, none, advised).when(close, facts).answer).toMatchObject([
      { type: 'SessionClosed', data: { activeMinutes: 5 } },
    ]);
  });

  it('flags a temporary access that nobody closed, by its own rule [charter:5.1b] [charter:5.1c]', () => {
    const used = (credentialId: string, method: 'temporary-password' | 'temporary-admin-account') =>
      event(TemporaryCredentialUsed, { ...who, credentialId, at: clock('10:15'), method, changeAdvised: true });
    const both = [...complete, used('c1', 'temporary-password'), used('c2', 'temporary-admin-account')];
    expect(given(session, ...both).when(close, facts).answer).toMatchObject([
      { type: 'SessionClosed' },
      { data: { code: 'credential-follow-up-open', rule: 'charter:5.1b', aboutId: 'c1' } },
      { data: { code: 'credential-follow-up-open', rule: 'charter:5.1c', aboutId: 'c2' } },
    ]);
    const confirmed = event(CredentialChangeConfirmed, { ...who, credentialId: 'c1', at: clock('10:45') });
    const { answer } = given(session, ...complete, used('c1', 'temporary-password'), confirmed).when(close, facts);
    expect(answer).toHaveLength(1);
  });

  it('is done once [charter:8.1a]', () => {
    const done = given(session, ...complete, whole);
    done.when(close, facts).then([]);
    done.when({ ...close, outcome: 'not' }, facts).then(sessionClosedAlready);
  });
});
