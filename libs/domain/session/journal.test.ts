import { event } from '#kernel/define-event.js';
import { given } from '#testing/given.js';
import { sessionFacts } from '#testing/service-desk.js';
import { DiagnosisRecorded, NoActionStated, RecommendationsRecorded, StateBeforeRecorded } from './events-journal.js';
import {
  actionsExist,
  observationIncomplete,
  recommendationsMissing,
  recommendationsRecordedAlready,
  stateRecordedAlready,
} from './refusals-journal.js';
import { session } from './session.js';
import { acted, before, clock, complete, running, who } from './session-story.fixture.js';

const now = (time: string) => sessionFacts(`2026-06-02 ${time}`);
const sessionId = 'r1.1';
const live = given(session, ...running);
describe('the state of the computer', () => {
  const observe = { type: 'RecordStateBefore', sessionId, observed: true, state: 'Imprimante hors ligne' } as const;
  const unobserved = {
    type: 'RecordStateBefore',
    sessionId,
    observed: false,
    notObservedReason: 'session-cut',
  } as const;

  it('before is recorded before the first action [charter:2.2] [charter:8.1d]', () => {
    live.when({ ...observe, at: clock('10:01') }, now('10:02')).then([before]);
  });

  it('before, entered after an action, is flagged late [charter:2.2]', () => {
    expect(given(session, ...running, acted).when(observe, now('10:15')).answer).toMatchObject([
      { type: 'StateBeforeRecorded', data: { late: true } },
    ]);
  });

  it('may be « non constaté », with the reason [charter:8.1d]', () => {
    live.when(unobserved, now('10:02')).then([
      event(StateBeforeRecorded, {
        ...who,
        at: clock('10:02'),
        observed: false,
        notObservedReason: 'session-cut',
        late: false,
      }),
    ]);
    const { notObservedReason: _, ...noReason } = unobserved;
    live.when(noReason, now('10:02')).then(observationIncomplete);
    const { state: __, ...noText } = observe;
    live.when({ ...noText, type: 'RecordStateAfter' }, now('10:02')).then(observationIncomplete);
  });

  it('is recorded once; then it is corrected [charter:8.1d]', () => {
    given(session, ...running, before)
      .when(observe, now('10:15'))
      .then(stateRecordedAlready);
  });
});

describe('notes', () => {
  const diagnosis = { type: 'RecordDiagnosis', sessionId, entryId: 'n1', text: 'Pilote trop ancien' } as const;
  const recorded = event(DiagnosisRecorded, { ...who, entryId: 'n1', at: clock('10:15'), text: 'Pilote trop ancien' });

  it('tell the diagnosis [charter:8.1c]', () => {
    live.when(diagnosis, now('10:15')).then([recorded]);
    given(session, ...running, recorded)
      .when(diagnosis, now('10:20'))
      .then([]);
  });

  it('keep the member’s questions and the explanations given [charter:X.4-6]', () => {
    const question = { type: 'LogMemberQuestion', sessionId, entryId: 'q1', text: 'Pourquoi redémarrer ?' } as const;
    expect(live.when(question, now('10:15')).answer).toMatchObject([{ type: 'MemberQuestionLogged' }]);
    const explain = { type: 'RecordExplanation', sessionId, entryId: 'x1', text: 'Pour finir la mise à jour' } as const;
    expect(live.when(explain, now('10:15')).answer).toMatchObject([{ type: 'ExplanationGiven' }]);
  });

  it('state that nothing was done, unless something was [charter:8.1c]', () => {
    const nothing = { type: 'StateNoAction', sessionId, reason: 'problem-gone' } as const;
    const stated = event(NoActionStated, { ...who, at: clock('10:15'), reason: 'problem-gone' });
    live.when(nothing, now('10:15')).then([stated]);
    given(session, ...running, stated)
      .when(nothing, now('10:15'))
      .then([]);
    given(session, ...running, acted)
      .when(nothing, now('10:15'))
      .then(actionsExist);
  });

  it('carry the recommendations, or an explicit none, and not both [charter:8.1e]', () => {
    const some = { type: 'RecordRecommendations', sessionId, none: false, recommendations: ['Sauvegarder'] } as const;
    live
      .when(some, now('10:15'))
      .then([
        event(RecommendationsRecorded, { ...who, at: clock('10:15'), none: false, recommendations: ['Sauvegarder'] }),
      ]);
    live.when({ ...some, none: true }, now('10:15')).then(recommendationsMissing);
    live.when({ ...some, recommendations: [] }, now('10:15')).then(recommendationsMissing);
    given(session, ...complete)
      .when(some, now('10:45'))
      .then(recommendationsRecordedAlready);
  });
});
