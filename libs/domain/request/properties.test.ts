import fc from 'fast-check';
import { isRefusal } from '#kernel/refusal.js';
import { plusMilliseconds } from '#kernel/time.js';
import { declarationOf, deepFreeze, metaOf, sealedEvent } from '#testing/sealed-event.js';
import { actor, at, requestFacts } from '#testing/service-desk.js';
import { isAgreed } from '../shared/service-rules.js';
import { strikeOutDecisions } from '../shared/strike-out.js';
import * as codes from './codes.js';
import type { RequestCommand } from './commands.js';
import { type RequestEvent, requestEvents, type SealedRequestEvent } from './events.js';
import { request } from './request.js';
import { command as intake, qualify } from './request-story.fixture.js';
import type { RequestState } from './state.js';

const { decide, evolve, initial } = request.decider;
const requestId = 'r1';
const id = fc.constant(requestId);
const one = <T>(values: readonly T[]) => fc.constantFrom(...values);
const text = one(['Un texte', 'mot de passe : Soleil1975!']);
/** From Monday 1 June 2026, 7:00, for nine days; two times in three within an hour of the working day. */
const time = fc
  .oneof(
    { arbitrary: fc.integer({ min: 0, max: 9 * 48 }), weight: 1 },
    {
      arbitrary: fc.tuple(fc.nat(8), fc.integer({ min: 3, max: 20 })).map(([day, half]) => day * 48 + half),
      weight: 2,
    },
  )
  .map((half) => plusMilliseconds(at('2026-06-01 07:00'), half * 1_800_000));
const length = one([30, 60, 90]);
const sessionId = one(['r1.1', 'r1.2', 'r1.9']);
const end = (startsAt: ReturnType<typeof at>, minutes: number) => plusMilliseconds(startsAt, minutes * 60_000);

const commands: fc.Arbitrary<RequestCommand> = fc.oneof(
  fc.constant<RequestCommand>(intake),
  fc.record({
    type: fc.constant('QualifyRequest' as const),
    requestId: id,
    serviceCategories: fc.subarray([...codes.serviceCategories]),
    scope: text,
    onSite: fc.boolean(),
  }),
  fc.constant<RequestCommand>(qualify),
  fc.record({ type: fc.constant('RequalifyAsAdvice' as const), requestId: id, scope: text }),
  fc.record({ type: fc.constant('DeclineRequest' as const), requestId: id, reason: one(codes.declineReasons) }),
  fc.tuple(time, length).map(([slotStart, minutes]) => ({
    type: 'AgreeExceptionalSlot' as const,
    requestId,
    slotStart,
    slotEnd: end(slotStart, minutes),
    memberAcceptedAt: at('2026-05-30 10:00'),
    acceptanceMode: 'phone' as const,
    reason: 'urgency' as const,
  })),
  {
    arbitrary: fc.tuple(time, length).map(([startsAt, minutes]) => ({
      type: 'BookAppointment' as const,
      requestId,
      technicianId: 't1',
      startsAt,
      endsAt: end(startsAt, minutes),
    })),
    weight: 4,
  },
  fc.tuple(sessionId, time, length).map(([moved, startsAt, minutes]) => ({
    type: 'MoveAppointment' as const,
    requestId,
    sessionId: moved,
    startsAt,
    endsAt: end(startsAt, minutes),
  })),
  fc.record({
    type: fc.constant('CancelAppointment' as const),
    requestId: id,
    sessionId,
    reason: one(['member-request', 'other'] as const),
  }),
  fc.record({
    type: fc.constant('AdvisePreparation' as const),
    requestId: id,
    sessionId,
    channel: one(codes.channels),
  }),
  fc.record({
    type: fc.constant('ReportRequestText' as const),
    requestId: id,
    strikeOutId: one(['i1', 'i2', 'i3']),
    targetEventId: one([0, 1, 2, 9].map((revision) => metaOf('request-1', revision).eventId)),
    field: one(['problem', 'scope', 'note', 'channel', 'constructor']),
    reason: one(codes.textReasons),
  }),
  fc.record({
    type: fc.constant('DecideRequestTextStrikeOut' as const),
    requestId: id,
    strikeOutId: one(['i1', 'i2', 'i3']),
    decision: one(strikeOutDecisions),
  }),
  fc.record({ type: fc.constant('CloseRequest' as const), requestId: id, outcome: one(codes.closeOutcomes) }),
);

const director = actor('director', 'Director');
const facts = requestFacts('2026-06-01 07:00', { actor: actor('lead', 'SupportLead') });

function fold(state: RequestState, events: readonly RequestEvent[]): RequestState {
  return events.reduce((folded, event, index) => {
    const sealed = sealedEvent(declarationOf(requestEvents, event), event, metaOf('request-1', index));
    return deepFreeze(evolve(folded, sealed as unknown as SealedRequestEvent));
  }, state);
}

const stories = fc.array(commands, { minLength: 1, maxLength: 30 }).map((rest) => [intake, qualify, ...rest]);

describe('whatever is asked of a request, in any order', () => {
  it('decides without throwing, gives nothing twice, and books only slots that the charter allows [charter:7.2a] [charter:7.2b] [charter:7.2c]', () => {
    let booked = 0;
    fc.assert(
      fc.property(stories, (story) => {
        let state = deepFreeze(initial);
        for (const command of story) {
          const before = state;
          const who = command.type === 'DecideRequestTextStrikeOut' ? { ...facts, actor: director } : facts;
          const answer = decide(deepFreeze(structuredClone(command)), before, who);
          if (isRefusal(answer)) {
            expect(answer.rule).toMatch(/^charter:/);
            continue;
          }
          state = fold(before, answer);
          const again = decide(command, state, who);
          expect(isRefusal(again) ? [] : again).toEqual([]);
          for (const event of answer) {
            if (event.type !== 'AppointmentBooked') continue;
            booked += 1;
            const { startsAt, endsAt, exceptional, sessionId: name } = event.data;
            expect(exceptional ? isAgreed({ startsAt, endsAt }, before.agreements) : endsAt <= end(startsAt, 60)).toBe(
              true,
            );
            expect(before.appointments.map((known) => known.sessionId)).not.toContain(name);
          }
        }
        const live = state.appointments.filter((appointment) => !appointment.cancelled);
        for (const first of live)
          for (const second of live)
            if (first !== second) expect(first.endsAt <= second.startsAt || second.endsAt <= first.startsAt).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(booked).toBeGreaterThan(20);
  });
});
