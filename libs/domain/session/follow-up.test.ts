import { event } from '#kernel/define-event.js';
import { given } from '#testing/given.js';
import { actor, sessionFacts } from '#testing/service-desk.js';
import type { SessionEvent } from './events.js';
import { DeviationFlagged } from './events-deviation.js';
import {
  CredentialChangeConfirmed,
  FollowUpAsked,
  TempAdminAccountRemoved,
  TemporaryCredentialUsed,
} from './events-journal.js';
import {
  correctionTargetUnknown,
  credentialMismatch,
  credentialUnknown,
  deviationReviewedAlready,
  deviationUnknown,
  followUpTooMany,
  reviewNeedsLead,
  sessionNotOver,
} from './refusals-journal.js';
import { session } from './session.js';
import { acted, clock, complete, ended, running, who } from './session-story.fixture.js';

const now = (time: string) => sessionFacts(`2026-06-02 ${time}`);
const sessionId = 'r1.1';
const live = given(session, ...running);
const over = given(session, ...running, ended);

describe('temporary credentials', () => {
  const use = { type: 'RecordTemporaryCredential', sessionId, credentialId: 'c1', changeAdvised: true } as const;
  const used = (method: 'temporary-password' | 'temporary-admin-account') =>
    event(TemporaryCredentialUsed, { ...who, credentialId: 'c1', at: clock('10:15'), method, changeAdvised: true });
  const changed = { type: 'ConfirmCredentialChange', sessionId, credentialId: 'c1' } as const;

  it('are recorded without their value, for which there is no field [charter:5.1b] [charter:5.1c]', () => {
    live.when({ ...use, method: 'temporary-password' }, now('10:15')).then([used('temporary-password')]);
    const fields = Object.entries(TemporaryCredentialUsed.data);
    expect(fields.filter(([, field]) => field.personal !== undefined)).toEqual([]);
    const stored = given(session, ...running, used('temporary-password'));
    stored.when({ ...use, method: 'temporary-password' }, now('10:20')).then([]);
  });

  it('stay open until the change of the password is confirmed [charter:5.1b]', () => {
    const open = given(session, ...running, used('temporary-password'), ended);
    expect(open.state.credentials).toMatchObject([{ confirmed: false }]);
    const confirmed = event(CredentialChangeConfirmed, { ...who, credentialId: 'c1', at: clock('11:00') });
    open.when(changed, now('11:00')).then([confirmed]);
    given(session, ...running, used('temporary-password'), ended, confirmed)
      .when(changed, now('11:00'))
      .then([]);
    open.when({ ...changed, credentialId: 'c9' }, now('11:00')).then(credentialUnknown);
  });

  it('stay open until the temporary account is removed [charter:5.1c]', () => {
    const open = given(session, ...running, used('temporary-admin-account'), ended);
    open.when(changed, now('11:00')).then(credentialMismatch);
    open
      .when({ ...changed, type: 'ConfirmAdminAccountRemoved' }, now('11:00'))
      .then([event(TempAdminAccountRemoved, { ...who, credentialId: 'c1', at: clock('11:00') })]);
  });

  it('are closed by the member’s answer that the passwords were changed [charter:X.7-9] [charter:5.1b]', () => {
    const answer = {
      type: 'AnswerFollowUp',
      sessionId,
      passwordsChanged: 'yes',
      computerWorks: 'yes',
      adviceNoted: true,
    } as const;
    const open = given(session, ...running, used('temporary-password'), ended);
    const told = open.when(answer, sessionFacts('2026-06-03 09:00'));
    expect(told.answer).toMatchObject([{ type: 'FollowUpAnswered' }, { type: 'CredentialChangeConfirmed' }]);
    live.when(answer, now('10:15')).then(sessionNotOver);
  });
});

describe('the follow-up', () => {
  const ask = { type: 'AskFollowUp', sessionId, channel: 'email' } as const;
  const asked = (day: number, reminder: boolean) =>
    event(FollowUpAsked, { ...who, at: `2026-06-0${day}T08:00:00.000Z` as never, channel: 'email', reminder });

  it('is asked once, with one reminder at most, and not twice on a day [charter:X.7-9]', () => {
    expect(over.when(ask, sessionFacts('2026-06-03 10:00')).answer).toMatchObject([{ data: { reminder: false } }]);
    const once = given(session, ...running, ended, asked(3, false));
    once.when(ask, sessionFacts('2026-06-03 16:00')).then([]);
    expect(once.when(ask, sessionFacts('2026-06-05 10:00')).answer).toMatchObject([{ data: { reminder: true } }]);
    const twice = given(session, ...running, ended, asked(3, false), asked(5, true));
    twice.when(ask, sessionFacts('2026-06-08 10:00')).then(followUpTooMany);
    live.when(ask, now('10:15')).then(sessionNotOver);
  });
});

describe('deviations', () => {
  const flag = event(DeviationFlagged, {
    ...who,
    deviationId: 'r1.1-d1',
    code: 'outside-scope',
    rule: 'charter:3.2a',
    serious: false,
    detail: 'declared-outside-scope',
    at: clock('10:10'),
  });
  const carrying = given(session, ...running, acted, flag, ended);
  const lead = sessionFacts('2026-06-03 10:00', { actor: actor('lead', 'SupportLead') });
  const review = {
    type: 'ReviewDeviation',
    sessionId,
    deviationId: 'r1.1-d1',
    comment: 'Vu avec l’intervenant',
  } as const;

  it('are commented by the lead, the Director or the President, once [charter:3.2a]', () => {
    const { answer } = carrying.when(review, lead);
    expect(answer).toMatchObject([{ type: 'DeviationReviewed', data: { ownSession: false } }]);
    carrying.when(review, sessionFacts('2026-06-03 10:00')).then(reviewNeedsLead);
    carrying.when({ ...review, deviationId: 'r1.1-d9' }, lead).then(deviationUnknown);
    const done = given(session, ...running, acted, flag, ended, ...(answer as readonly SessionEvent[]));
    done.when(review, lead).then(deviationReviewedAlready);
  });

  it('show when the reviewer is the technician of the session [charter:3.2a]', () => {
    const own = sessionFacts('2026-06-03 10:00', { actor: actor('t1', 'Technician', 'SupportLead') });
    expect(carrying.when(review, own).answer).toMatchObject([{ data: { ownSession: true } }]);
  });
});

describe('corrections', () => {
  const state = given(session, ...complete).state;
  const eventId = Object.entries(state.eventTypes).find(([, type]) => type === 'ActionPerformed')?.[0] ?? '';
  const consentId = Object.entries(state.eventTypes).find(([, type]) => type === 'ConsentGiven')?.[0] ?? '';
  const correct = {
    type: 'CorrectJournal',
    sessionId,
    correctionId: 'k1',
    targetEventId: eventId,
    field: 'description',
    value: 'Réinstallation du pilote',
    reason: 'typing-error',
  } as const;
  const done = given(session, ...complete);

  it('are new events with a reason that leave the entry as it was [charter:8.1c]', () => {
    const { answer } = done.when(correct, now('11:00'));
    expect(answer).toMatchObject([
      { type: 'JournalCorrected', data: { targetEventId: eventId, reason: 'typing-error' } },
    ]);
  });

  it('name an entry of this session and a field that people wrote [charter:8.1c]', () => {
    done.when({ ...correct, targetEventId: 'nowhere' }, now('11:00')).then(correctionTargetUnknown);
    done.when({ ...correct, targetEventId: '__proto__' }, now('11:00')).then(correctionTargetUnknown);
    done.when({ ...correct, field: 'actionId' }, now('11:00')).then(correctionTargetUnknown);
    done.when({ ...correct, field: 'constructor' }, now('11:00')).then(correctionTargetUnknown);
    done.when({ ...correct, targetEventId: consentId, field: 'mode' }, now('11:00')).then(correctionTargetUnknown);
  });

  it('meet the lint like every text [charter:3.3a]', () => {
    done
      .when({ ...correct, value: 'mot de passe : Soleil1975!' }, now('11:00'))
      .then({ code: 'secret-must-not-be-noted' });
  });
});
