import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import { given } from '#testing/given.js';
import { aRequest, sessionFacts } from '#testing/service-desk.js';
import type { SessionEvent } from './events.js';
import { ConsentWithdrawn } from './events-consent.js';
import { PresenceLost } from './events-course.js';
import { DeviationFlagged } from './events-deviation.js';
import { ActionPerformed, BackupAdviceGiven } from './events-journal.js';
import { sessionNotBegun, timeBeforeStart } from './refusals-course.js';
import { adviceNotShown, backupAnswerMissing } from './refusals-journal.js';
import { session } from './session.js';
import { act, acted, clock, consented, ended, running, who } from './session-story.fixture.js';

const now = (time: string) => sessionFacts(`2026-06-02 ${time}`);
const sessionId = 'r1.1';
const live = given(session, ...running);
const over = given(session, ...running, ended);
const risky = { ...act, riskClass: 'major-update' } as const;
const backup = (answer: 'yes' | 'no' | 'unknown', time = '10:05') =>
  event(BackupAdviceGiven, { ...who, at: clock(time), backupStatus: answer, adviceShown: true });
const flagged = (answer: unknown) =>
  isRefusal(answer)
    ? [answer.code]
    : (answer as readonly SessionEvent[])
        .filter((one) => one.type === 'DeviationFlagged')
        .map((one) => one.data.detail);

describe('an action', () => {
  it('is recorded with its own time [charter:8.1c]', () => {
    const { type: _, ...entry } = act;
    const told = { ...act, performedAt: clock('10:05') };
    live.when(told, now('10:15')).then([event(ActionPerformed, { ...who, ...entry, performedAt: clock('10:05') })]);
    given(session, ...running, acted)
      .when({ ...act, actionId: 'a0' }, now('10:15'))
      .then([]);
  });

  it('before the start cannot be, nor without a session, nor to come [charter:8.1c]', () => {
    live.when({ ...act, performedAt: clock('09:59') }, now('10:15')).then(timeBeforeStart);
    given(session, consented).when(act, now('10:15')).then(sessionNotBegun);
    live.when({ ...act, performedAt: clock('10:30') }, now('10:15')).then({ code: 'fact-in-future' });
  });

  it('that is risky waits for the advice and the answer on the backup [charter:2.3a]', () => {
    live.when(risky, now('10:15')).then(backupAnswerMissing);
    expect(flagged(given(session, ...running, backup('yes')).when(risky, now('10:15')).answer)).toEqual([]);
    expect(flagged(given(session, ...running, backup('unknown')).when(risky, now('10:15')).answer)).toEqual([]);
  });

  it('that is risky goes on after a « no », and is flagged [charter:2.3a]', () => {
    const { answer } = given(session, ...running, backup('no')).when(risky, now('10:15'));
    expect(answer).toMatchObject([
      { type: 'ActionPerformed' },
      { data: { code: 'no-backup-answer', detail: 'backup-answer-no', rule: 'charter:2.3a', aboutId: 'a1' } },
    ]);
  });

  it('that is risky and done is a fact: recorded and flagged when nobody had asked [charter:2.3a]', () => {
    const detail = ['backup-not-answered'];
    expect(flagged(live.when({ ...risky, alreadyDone: true }, now('10:15')).answer)).toEqual(detail);
    expect(flagged(live.when({ ...risky, performedAt: clock('10:05') }, now('10:15')).answer)).toEqual(detail);
    expect(flagged(over.when(risky, now('10:50')).answer)).toEqual(detail);
    const askedAfter = given(session, ...running, backup('yes', '10:12'));
    expect(flagged(askedAfter.when({ ...risky, performedAt: clock('10:05') }, now('10:15')).answer)).toEqual(detail);
  });

  it('outside the scope is recorded as such and flagged [charter:3.2a] [charter:7.3c]', () => {
    expect(live.when({ ...act, category: 'settings' }, now('10:15')).answer).toMatchObject([
      { type: 'OutOfScopeActionPerformed' },
      { data: { code: 'outside-scope', detail: 'category-outside-scope', rule: 'charter:3.2a' } },
    ]);
    expect(flagged(live.when({ ...act, outOfScope: true }, now('10:15')).answer)).toEqual(['declared-outside-scope']);
    expect(flagged(live.when({ ...act, category: 'other' }, now('10:15')).answer)).toEqual(['category-outside-scope']);
    const advice = sessionFacts('2026-06-02 10:15', { request: aRequest({ serviceCategories: ['office-advice'] }) });
    expect(flagged(live.when({ ...act, category: 'diagnosis' }, advice).answer)).toEqual([]);
  });

  it('while the member was away is recorded and flagged [charter:7.1c]', () => {
    const away = given(session, ...running, event(PresenceLost, { ...who, at: clock('10:10') }));
    expect(flagged(away.when(act, now('10:15')).answer)).toEqual(['action-while-absent']);
  });

  it('after the end or a withdrawal is recorded and flagged as done without consent [charter:3.1a]', () => {
    const { answer } = over.when({ ...act, performedAt: clock('10:45') }, now('10:50'));
    expect(answer).toMatchObject([
      { type: 'ActionPerformed' },
      { data: { code: 'no-consent', detail: 'action-after-end', serious: true, rule: 'charter:3.1a' } },
    ]);
  });

  it('that the member’s STOP found already noted for later is flagged too [charter:3.1a] [charter:7.3d]', () => {
    const stop = { type: 'StopSession', sessionId, at: clock('10:05') } as const;
    expect(flagged(given(session, ...running, acted).when(stop, now('10:15')).answer)).toEqual(['action-after-end']);
  });

  it('entered more than a day late is flagged, once for a session [charter:8.1a]', () => {
    const late = sessionFacts('2026-06-03 10:45');
    const first = over.when(act, late);
    expect(flagged(first.answer)).toEqual(['entry-recorded-late']);
    const known = event(DeviationFlagged, {
      ...who,
      deviationId: 'r1.1-d1',
      code: 'late-recording',
      rule: 'charter:8.1a',
      serious: false,
      detail: 'entry-recorded-late',
      at: clock('10:40'),
    });
    const again = given(session, ...running, ended, known).when({ ...act, actionId: 'a2' }, late);
    expect(flagged(again.answer)).toEqual([]);
  });

  it('never keeps a permanent password nor what was seen [charter:5.1a] [charter:3.3a]', () => {
    live
      .when({ ...act, description: 'mot de passe : Soleil1975!' }, now('10:15'))
      .then({ code: 'secret-must-not-be-noted', rule: 'charter:5.1a' });
  });
});

describe('the advice on the backup', () => {
  const advise = { type: 'RecordBackupAdvice', sessionId, backupStatus: 'no', adviceShown: true } as const;

  it('is shown before the question [charter:2.3a] [charter:2.3b]', () => {
    live.when({ ...advise, adviceShown: false }, now('10:05')).then(adviceNotShown);
    live.when(advise, now('10:05')).then([backup('no')]);
  });

  it('keeps a changed answer, not the same one twice [charter:2.3a]', () => {
    const asked = given(session, ...running, backup('no'));
    asked.when(advise, now('10:08')).then([]);
    asked.when({ ...advise, backupStatus: 'yes' }, now('10:08')).then([backup('yes', '10:08')]);
  });
});

describe('a session whose consent was withdrawn', () => {
  it('still takes down what happened [charter:3.1c] [charter:8.1c]', () => {
    const gone = given(
      session,
      ...running,
      event(ConsentWithdrawn, { ...who, at: clock('10:40'), channel: 'phone' }),
      ended,
    );
    expect(flagged(gone.when(act, now('10:50')).answer)).toEqual([]);
  });
});
