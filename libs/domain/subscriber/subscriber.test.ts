import fc from 'fast-check';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { metaOf, sealedEvent } from '#testing/sealed-event.js';
import { actor } from '#testing/service-desk.js';
import type { Role } from '../shared/facts.js';
import { MOST_ATTEMPTS } from './codes.js';
import type { RecordDelivery, RecordDeliveryFailure, RegisterSubscriber, SubscriberCommand } from './commands.js';
import * as events from './events.js';
import type { SubscriberFacts } from './facts.js';
import * as refusals from './refusals.js';
import type { SubscriberState } from './state.js';
import { subscriber } from './subscriber.js';

const subscriberId = 'a1';
const nextAt = '2026-06-02T08:01:00.000Z' as Instant;
const as = (...roles: Role[]): SubscriberFacts => ({
  now: '2026-06-02T08:00:00.000Z' as Instant,
  actor: { staffId: 's1', roles },
  time: frenchCivilTime(),
  simulated: false,
});
const director = as('Director');
const worker: SubscriberFacts = { ...director, actor: actor('system') };
const register: RegisterSubscriber = {
  type: 'RegisterSubscriber',
  subscriberId,
  subscriberName: 'Fédération Exemple',
  subscriberPurpose: 'Compter les interventions de ses associations',
  address: 'https://abonne.exemple.fr/temoin',
  topics: ['session', 'consent'],
  agreementOn: '2026-06-01' as LocalDate,
};
const { type: _, ...data } = register;
const registered = event(events.SubscriberRegistered, data);
const deliver = (revision: number, more: Partial<RecordDelivery> = {}): RecordDelivery => ({
  type: 'RecordDelivery',
  subscriberId,
  ...{ stream: 'session-r1.1', revision, lastEventId: `e${revision}`, count: 2, notices: ['n1'] },
  ...more,
});
const delivered = (revision: number) => {
  const { type: __, ...told } = deliver(revision);
  return event(events.SubscriberDelivered, told);
};
const fail = (attempt: number): RecordDeliveryFailure => ({
  type: 'RecordDeliveryFailure',
  subscriberId,
  ...{ attempt, fault: 'status', status: 503, nextAt },
});
const failed = (attempt: number) => {
  const { type: __, ...told } = fail(attempt);
  return event(events.SubscriberDeliveryFailed, told);
};
const paused = (reason: 'failing' | 'by-hand') => event(events.SubscriberPaused, { subscriberId, reason });
const resumed = event(events.SubscriberResumed, { subscriberId });
const ended = event(events.SubscriberEnded, { subscriberId, reason: 'agreement-ended' });
const end = { type: 'EndSubscriber', subscriberId, reason: 'agreement-ended' } as const;
const pause = { type: 'PauseSubscriber', subscriberId } as const;
const resume = { type: 'ResumeSubscriber', subscriberId } as const;
const move = { type: 'ChangeSubscriberAddress', subscriberId, address: 'https://autre.exemple.fr/' } as const;

describe('a subscriber', () => {
  it('is registered by the Director, or the President, and by nobody else [charter:4.2b]', () => {
    given(subscriber).when(register, director).then([registered]);
    given(subscriber).when(register, as('President')).then([registered]);
    for (const role of ['SupportLead', 'Administrator', 'Technician', 'Auditor', 'Integrator'] as const)
      given(subscriber).when(register, as(role)).then(refusals.subscriberNeedsDirector);
    given(subscriber, registered).when(register, director).then([]);
    given(subscriber, registered)
      .when({ ...register, agreementOn: '2026-05-01' as LocalDate }, director)
      .then(refusals.subscriberExists);
  });

  it('has an agreement that is concluded, something to be told of, and an address that may be written to', () => {
    const refused = (more: Partial<RegisterSubscriber>) =>
      given(subscriber).when({ ...register, ...more }, director).answer;
    expect(refused({ agreementOn: '2026-06-03' as LocalDate })).toMatchObject({ code: 'date-in-future' });
    expect(refused({ topics: [] })).toMatchObject({ code: refusals.subscriberTopicMissing.code });
    expect(refused({ address: 'http://abonne.exemple.fr/' })).toMatchObject({
      code: refusals.subscriberAddressRefused.code,
      pointers: [{ pointer: '/address', detail: 'l’adresse doit commencer par https://' }],
    });
    expect(refused({ subscriberPurpose: 'IBAN FR76 3000 6000 0112 3456 7890 189' })).toMatchObject({
      code: 'content-lint-blocked',
    });
    given(subscriber)
      .when({ ...register, topics: ['session', 'consent', 'session'] }, director)
      .then([registered]);
  });

  it('that is not registered is sent nothing, by anybody [charter:4.2b]', () => {
    for (const command of [deliver(1), fail(1)]) {
      given(subscriber).when(command, worker).then(refusals.subscriberUnknown);
      given(subscriber, registered).when(command, director).then(refusals.subscriberIsMachineWork);
    }
    for (const command of [pause, resume, move, end])
      given(subscriber).when(command, director).then(refusals.subscriberUnknown);
  });

  it('moves, is paused and taken up again by who governs; what is so already adds nothing', () => {
    const { type: __, ...moved } = move;
    given(subscriber, registered)
      .when(move, director)
      .then([event(events.SubscriberAddressChanged, moved)]);
    given(subscriber, registered)
      .when({ ...move, address: 'https://10.0.0.1/' }, director)
      .then(refusals.subscriberAddressRefused);
    given(subscriber, registered)
      .when(pause, director)
      .then([paused('by-hand')]);
    given(subscriber, registered, paused('by-hand')).when(pause, director).then([]);
    given(subscriber, registered, paused('failing'))
      .when(pause, director)
      .then([paused('by-hand')]);
    given(subscriber, registered, paused('failing')).when(resume, as('President')).then([resumed]);
    given(subscriber, registered).when(resume, director).then([]);
    for (const command of [pause, resume, move, end])
      given(subscriber, registered).when(command, as('SupportLead')).then(refusals.subscriberNeedsDirector);
  });

  it('that was ended is sent nothing any more, and is never taken up again [charter:4.2b]', () => {
    given(subscriber, registered).when(end, director).then([ended]);
    given(subscriber, registered, paused('failing')).when(end, director).then([ended]);
    given(subscriber, registered, ended).when(end, director).then([]);
    given(subscriber, registered, ended)
      .when({ ...end, reason: 'breach' }, director)
      .then(refusals.subscriberEnded);
    for (const command of [pause, resume, move])
      given(subscriber, registered, ended).when(command, director).then(refusals.subscriberEnded);
  });
});

describe('what was sent to a subscriber', () => {
  it('is recorded once, and begins the count of failures anew', () => {
    given(subscriber, registered)
      .when(deliver(3), worker)
      .then([delivered(3)]);
    given(subscriber, registered, delivered(3))
      .when(deliver(3, { follows: 'e3' }), worker)
      .then([]);
    given(subscriber, registered, delivered(3))
      .when(deliver(4, { follows: 'e3' }), worker)
      .then([delivered(4)]);
    // sent by a process that was frozen since, while another went on
    for (const late of [deliver(3), deliver(5, { follows: 'e2' }), deliver(9)])
      given(subscriber, registered, delivered(3), delivered(6)).when(late, worker).then([]);
    given(subscriber, registered, failed(1), failed(2), delivered(3))
      .when(fail(1), worker)
      .then([failed(1)]);
  });

  it('is a fact, also where it was paused or ended while a batch was on its way [charter:4.2b]', () => {
    for (const since of [paused('by-hand'), ended]) {
      const state = given(subscriber, registered, delivered(3), since);
      state.when(deliver(4, { follows: 'e3' }), worker).then([delivered(4)]);
      state.when(deliver(3), worker).then([]);
      state.when(fail(1), worker).then([]);
    }
    given(subscriber, registered, paused('by-hand'), delivered(4)).when(pause, director).then([]);
  });

  it('pauses it with the eighteenth failure in a row; an answer to another attempt adds nothing', () => {
    const failures = Array.from({ length: MOST_ATTEMPTS - 1 }, (_one, index) => failed(index + 1));
    const last = given(subscriber, registered, ...failures).when(fail(MOST_ATTEMPTS), worker);
    last.then([failed(MOST_ATTEMPTS), paused('failing')]);
    expect([MOST_ATTEMPTS, failures.length]).toEqual([18, 17]);
    given(subscriber, registered, failed(1)).when(fail(1), worker).then([]);
    given(subscriber, registered, failed(1)).when(fail(3), worker).then([]);
    given(subscriber, registered, ...failures, failed(MOST_ATTEMPTS), paused('failing'))
      .when(fail(MOST_ATTEMPTS), worker)
      .then([]);
    given(subscriber, registered, ...failures, failed(MOST_ATTEMPTS), paused('failing'), resumed)
      .when(fail(1), worker)
      .then([failed(1)]);
  });
});

describe('in any order of commands', () => {
  const step = (state: SubscriberState, command: SubscriberCommand, facts: SubscriberFacts, revision: number) => {
    const answer = subscriber.decider.decide(command, state, facts);
    if (isRefusal(answer)) return { answer, state };
    const after = answer.reduce<SubscriberState>((before, one, index) => {
      const definition = events.subscriberEvents.find(({ type }) => type === one.type);
      if (definition === undefined) throw new Error(one.type);
      const meta = metaOf('subscriber-a1', revision + index);
      return subscriber.decider.evolve(before, sealedEvent(definition, one, meta) as events.SealedSubscriberEvent);
    }, state);
    return { answer, state: after };
  };
  const machine = fc.oneof(
    fc
      .tuple(fc.nat(20), fc.option(fc.nat(20)))
      .map(([revision, follows]) => deliver(revision, follows === null ? {} : { follows: `e${follows}` })),
    fc.integer({ min: 1, max: 20 }).map(fail),
  );
  const person = fc.constantFrom<SubscriberCommand>(register, pause, resume, move, end);

  it('no answer takes up one that was paused or ended, and what is given twice adds nothing [charter:4.2b]', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(machine, person), { maxLength: 40 }), (commands) => {
        let state: SubscriberState;
        for (const [index, command] of commands.entries()) {
          const facts = command.type.startsWith('Record') ? worker : director;
          const before = state;
          const first = step(state, command, facts, index * 2);
          state = first.state;
          if (isRefusal(first.answer)) continue;
          if (command.type === 'RecordDelivery' && before !== undefined) expect(state?.standing).toBe(before.standing);
          if (before?.standing === 'ended') expect(state?.standing).toBe('ended');
          // an address is sealed: that it is the same nobody can tell
          if (command.type !== 'ChangeSubscriberAddress')
            expect(step(state, command, facts, index * 2 + 1).answer).toEqual([]);
          expect((state?.attempts ?? 0) <= MOST_ATTEMPTS).toBe(true);
        }
      }),
    );
  });
});
