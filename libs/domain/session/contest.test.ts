import { event } from '#kernel/define-event.js';
import { given } from '#testing/given.js';
import { metaOf } from '#testing/sealed-event.js';
import { actor, sessionFacts } from '#testing/service-desk.js';
import { ConsentWithdrawn } from './events-consent.js';
import { ConsentContested, ContestSettled } from './events-contest.js';
import { consentMissing } from './refusals-consent.js';
import {
  consentContested,
  consentReplaced,
  contestBeforeStart,
  contestNeedsLead,
  contestNone,
} from './refusals-contest.js';
import { session } from './session.js';
import {
  clock,
  consented,
  ended,
  oral,
  paused,
  running,
  start,
  started,
  who,
  written,
} from './session-story.fixture.js';

const consentEventId = metaOf('session-1', 0).eventId;
const contest = { type: 'ContestConsent', sessionId: 'r1.1', channel: 'link' } as const;
const said = { ...who, channel: 'link', consentEventId, stage: 'before' } as const;
const contested = event(ConsentContested, { ...said, at: clock('09:40') });
const during = event(ConsentContested, { ...said, at: clock('10:05'), stage: 'under-way' });
const later = event(ConsentContested, { ...said, at: clock('11:00'), stage: 'after' });
const lead = { actor: actor('lead', 'SupportLead') };
const settle = {
  type: 'SettleContest',
  sessionId: 'r1.1',
  outcome: 'confirmed',
  note: 'Rappelée : tout est juste.',
} as const;

describe('« ce n’est pas exact »', () => {
  it('is recorded with its time and its way, a remark or none, and once [charter:3.1b]', () => {
    const facts = sessionFacts('2026-06-02 09:40');
    given(session, consented).when(contest, facts).then([contested]);
    given(session, consented)
      .when({ ...contest, channel: 'phone', remark: 'Je n’ai pas dit oui pour la sauvegarde.' }, facts)
      .then([
        event(ConsentContested, {
          ...contested.data,
          channel: 'phone',
          remark: 'Je n’ai pas dit oui pour la sauvegarde.',
        }),
      ]);
    given(session, consented, contested).when(contest, sessionFacts('2026-06-02 09:50')).then([]);
  });

  it('needs a consent, and is about the one that the member was shown [charter:3.1b]', () => {
    const facts = sessionFacts('2026-06-02 09:40');
    given(session).when(contest, facts).then(consentMissing);
    given(session, consented)
      .when({ ...contest, consentEventId: 'e9' }, facts)
      .then(consentReplaced);
  });

  it('changes nothing where the consent was taken back before the start [charter:3.1c]', () => {
    const withdrawn = event(ConsentWithdrawn, { ...who, at: clock('09:20'), channel: 'phone' });
    given(session, consented, withdrawn).when(contest, sessionFacts('2026-06-02 09:40')).then([]);
  });

  it('is taken at any time: while the session runs, and after it [charter:3.1a]', () => {
    given(session, ...running)
      .when(contest, sessionFacts('2026-06-02 10:05'))
      .then([during]);
    given(session, ...running, ended)
      .when(contest, sessionFacts('2026-06-02 11:00'))
      .then([later]);
  });

  it('keeps the session from starting and from being resumed, and never keeps it from ending [charter:3.1a]', () => {
    given(session, consented, contested).when(start, sessionFacts('2026-06-02 10:00')).then(consentContested);
    const resume = { type: 'ResumeSession', sessionId: 'r1.1', memberPresent: true } as const;
    given(session, ...running, during, paused)
      .when(resume, sessionFacts('2026-06-02 10:30'))
      .then(consentContested);
    const { answer } = given(session, ...running, during).when(
      { type: 'EndSession', sessionId: 'r1.1' },
      sessionFacts('2026-06-02 10:30'),
    );
    expect(answer).toMatchObject([{ type: 'SessionEnded' }]);
  });

  it('is settled before the start by a new consent, also the same word for word, or by a withdrawal [charter:3.1a] [charter:3.1c]', () => {
    const past = given(session, consented, contested);
    const { answer, after } = past.when(written, sessionFacts('2026-06-02 09:50'));
    expect(answer).toMatchObject([{ type: 'CharterAcknowledged' }, { type: 'ConsentGiven' }]);
    expect(after.contest).toBeUndefined();
    past.when({ ...oral, givenAt: clock('09:30') }, sessionFacts('2026-06-02 09:50')).then(consentContested);
    const taken = past.when(
      { type: 'WithdrawConsent', sessionId: 'r1.1', channel: 'phone' },
      sessionFacts('2026-06-02 09:50'),
    );
    expect(taken.answer).toMatchObject([{ type: 'ConsentWithdrawn' }]);
    expect(taken.after.contest).toBeUndefined();
    past.when(settle, sessionFacts('2026-06-02 09:50', lead)).then(contestBeforeStart);
  });

  it('is settled by the lead or the Director once the session has begun, with a note [charter:3.1b]', () => {
    const past = given(session, ...running, during, paused);
    past.when(settle, sessionFacts('2026-06-02 10:30')).then(contestNeedsLead);
    const { answer, after } = past.when(settle, sessionFacts('2026-06-02 10:30', lead));
    expect(answer).toEqual([
      event(ContestSettled, {
        ...who,
        at: clock('10:30'),
        consentEventId,
        outcome: 'confirmed',
        ownSession: false,
        note: settle.note,
      }),
    ]);
    expect(after.contest?.open).toBe(false);
    given(session, consented, started, ended).when(settle, sessionFacts('2026-06-02 11:30', lead)).then(contestNone);
  });

  it('that was right makes the session one without consent: a serious deviation, once [charter:3.1a]', () => {
    const past = given(session, ...running, ended, later);
    const upheld = { ...settle, outcome: 'not-exact', note: 'Elle n’avait pas accepté ce jour.' } as const;
    const { answer } = past.when(upheld, sessionFacts('2026-06-02 11:30', { actor: actor('t1', 'Director') }));
    expect(answer).toMatchObject([
      { type: 'ContestSettled', data: { outcome: 'not-exact', ownSession: true } },
      {
        type: 'DeviationFlagged',
        data: {
          code: 'no-consent',
          detail: 'consent-not-exact',
          rule: 'charter:3.1a',
          serious: true,
          aboutId: consentEventId,
        },
      },
    ]);
  });

  it('keeps no secret that was written into the remark [charter:5.1a]', () => {
    const { answer } = given(session, consented).when(
      { ...contest, remark: 'mot de passe : Soleil1975!' },
      sessionFacts('2026-06-02 09:40'),
    );
    expect(answer).toMatchObject({ refused: true });
  });
});
