import { event } from '#kernel/define-event.js';
import { given } from '#testing/given.js';
import { sessionFacts } from '#testing/service-desk.js';
import { SessionInterrupted } from './events-course.js';
import { BreachTriageAnswered, SecurityAdviceGiven } from './events-security.js';
import { adviceMissing, securityStopMissing } from './refusals-security.js';
import { session } from './session.js';
import { clock, ended, running, who } from './session-story.fixture.js';

const interrupted = event(SessionInterrupted, { ...who, at: clock('10:40'), reason: 'SECURITY', beyondCharter: false });
const stopped = given(session, ...running, interrupted, ended);
const facts = sessionFacts('2026-06-02 10:50');
const advise = { type: 'RecordSecurityAdvice', sessionId: 'r1.1', advices: ['disconnect-internet'] } as const;
const triage = {
  type: 'AnswerBreachTriage',
  sessionId: 'r1.1',
  answer: 'unknown',
  reason: 'Un cheval de Troie, peut-être.',
} as const;

describe('after a stop for security', () => {
  it('the advice given is recorded, each once [charter:7.3b]', () => {
    const first = stopped.when(advise, facts);
    first.then([event(SecurityAdviceGiven, { ...who, at: clock('10:50'), advices: ['disconnect-internet'] })]);
    expect(first.after.securityAdvices).toEqual(['disconnect-internet']);
    stopped.when({ ...advise, advices: [] }, facts).then(adviceMissing);
    given(
      session,
      ...running,
      interrupted,
      ended,
      event(SecurityAdviceGiven, { ...who, at: clock('10:50'), advices: ['disconnect-internet'] }),
    )
      .when(advise, facts)
      .then([]);
  });

  it('it is answered whether data may have been touched, with the reason and the moment of awareness [charter:7.3b]', () => {
    const told = {
      ...who,
      at: clock('10:50'),
      answer: 'unknown',
      awareAt: clock('10:50'),
      reason: triage.reason,
    } as const;
    stopped.when(triage, facts).then([event(BreachTriageAnswered, told)]);
    stopped
      .when({ ...triage, awareAt: clock('10:40') }, facts)
      .then([event(BreachTriageAnswered, { ...told, awareAt: clock('10:40') })]);
    expect(stopped.when({ ...triage, awareAt: clock('12:00') }, facts).answer).toMatchObject({ refused: true });
    const answered = given(session, ...running, interrupted, ended, event(BreachTriageAnswered, told));
    answered.when(triage, facts).then([]);
    expect(answered.when({ ...triage, answer: 'yes' }, facts).answer).toMatchObject([{ data: { answer: 'yes' } }]);
  });

  it('and after no other end [charter:7.3b]', () => {
    const usual = given(session, ...running, ended);
    usual.when(advise, facts).then(securityStopMissing);
    usual.when(triage, facts).then(securityStopMissing);
  });
});
