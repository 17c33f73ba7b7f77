import { event } from '#kernel/define-event.js';
import { given } from '#testing/given.js';
import { actor, aMember, aTechnician, at, charter, requestFacts } from '#testing/service-desk.js';
import {
  skillMissing,
  slotOutsideHours,
  slotTooLong,
  supportMemberUnsubscribed,
  technicianUnauthorised,
  technicianUnknown,
  undertakingMissing,
} from '../shared/service-refusals.js';
import type { RequestCommand } from './commands.js';
import {
  AppointmentBooked,
  AppointmentCancelled,
  ExceptionalSlotAgreed,
  PreparationAdvised,
  RequestQualified,
} from './events.js';
import { appointmentPending } from './refusals.js';
import {
  appointmentBegun,
  appointmentCancelled,
  appointmentOverlaps,
  exceptionNeedsLead,
  exceptionNotAccepted,
  exceptionTooLate,
  notQualified,
  slotPast,
} from './refusals-appointment.js';
import { request } from './request.js';
import { booked, qualified, requested, who } from './request-story.fixture.js';

const facts = requestFacts('2026-06-01 09:30');
const book = (startsAt: string, endsAt: string): Extract<RequestCommand, { type: 'BookAppointment' }> => ({
  type: 'BookAppointment',
  requestId: 'r1',
  technicianId: 't1',
  startsAt: at(startsAt),
  endsAt: at(endsAt),
});
const ordinary = book('2026-06-02 10:00', '2026-06-02 11:00');
const agree: Extract<RequestCommand, { type: 'AgreeExceptionalSlot' }> = {
  type: 'AgreeExceptionalSlot',
  requestId: 'r1',
  slotStart: at('2026-06-06 10:00'),
  slotEnd: at('2026-06-06 12:00'),
  memberAcceptedAt: at('2026-06-01 09:00'),
  acceptanceMode: 'phone',
  reason: 'member-availability',
};
const open = given(request, requested, qualified);

describe('booking an appointment', () => {
  it('waits for the qualification [charter:1.1a-f]', () => {
    given(request, requested).when(ordinary, facts).then(notQualified);
  });

  it('takes a slot of an hour inside opening hours and names the session after its request [charter:7.2a] [charter:7.2b]', () => {
    open.when(ordinary, facts).then([
      event(AppointmentBooked, {
        ...who,
        sessionId: 'r1.1',
        technicianId: 't1',
        startsAt: at('2026-06-02 10:00'),
        endsAt: at('2026-06-02 11:00'),
        exceptional: false,
        charterVersionId: 'v1',
      }),
    ]);
  });

  it('refuses a slot longer than the charter allows [charter:7.2a]', () => {
    open.when(book('2026-06-02 10:00', '2026-06-02 11:01'), facts).then(slotTooLong);
  });

  it.each([
    ['after 17:00', '2026-06-02 16:15', '2026-06-02 17:15'],
    ['before 9:00', '2026-06-02 08:59', '2026-06-02 09:30'],
    ['on a Saturday', '2026-06-06 10:00', '2026-06-06 11:00'],
    ['on a public holiday', '2026-07-14 10:00', '2026-07-14 10:30'],
  ])('refuses a slot %s [charter:7.2b]', (_, startsAt, endsAt) => {
    open.when(book(startsAt, endsAt), facts).then(slotOutsideHours);
  });

  it('accepts 16:00 to 17:00 [charter:7.2b]', () => {
    expect(open.when(book('2026-06-02 16:00', '2026-06-02 17:00'), facts).answer).toHaveLength(1);
  });

  it('refuses a slot in a closure [charter:7.2b]', () => {
    const day = '2026-06-02' as never;
    const closures = { closures: [{ closureId: 'c', from: day, to: day, label: 'Congés', withdrawn: false }] };
    open.when(ordinary, { ...facts, closures }).then(slotOutsideHours);
  });

  it('measures the slot by the version in force on its day [charter:7.2a] [charter:10.2]', () => {
    open.when(book('2026-06-11 10:00', '2026-06-11 11:00'), facts).then(slotTooLong);
    expect(open.when(book('2026-06-11 10:00', '2026-06-11 10:45'), facts).answer).toMatchObject([
      { data: { charterVersionId: 'v2' } },
    ]);
  });

  it('needs an authorised technician [charter:4.4b]', () => {
    open.when(ordinary, { ...facts, technician: undefined }).then(technicianUnknown);
    const revoked = aTechnician({ isAuthorisedOn: (day) => day < '2026-06-02' });
    open.when(ordinary, { ...facts, technician: revoked }).then(technicianUnauthorised);
  });

  it('needs a technician under undertaking [charter:5.2]', () => {
    const unsigned = aTechnician({ hasUndertakingOn: () => false });
    open.when(ordinary, { ...facts, technician: unsigned }).then(undertakingMissing);
  });

  it('needs a technician trained in the specialised software [charter:1.2c]', () => {
    const special = event(RequestQualified, { ...qualified.data, specialisedSoftware: 'Krita' });
    given(request, requested, special).when(ordinary, facts).then(skillMissing);
  });

  it('refuses a member who unsubscribed [charter:3.1c]', () => {
    open.when(ordinary, { ...facts, member: aMember({ unsubscribed: true }) }).then(supportMemberUnsubscribed);
  });

  it('refuses the past and a charter that is not there yet [charter:7.2b] [charter:P.3]', () => {
    open.when(book('2026-05-29 10:00', '2026-05-29 11:00'), facts).then(slotPast);
    open.when(ordinary, { ...facts, charter: { versions: charter.versions.slice(1) } }).then({
      code: 'no-charter-in-force',
      rule: 'charter:P.3',
    });
  });

  it('flags another session of the member on the same day without refusing it [charter:7.2a]', () => {
    const first = given(request, requested, qualified, booked(1, ordinary.startsAt, ordinary.endsAt));
    const second = book('2026-06-02 14:00', '2026-06-02 15:00');
    expect(first.when(second, { ...facts, otherSessionsThatDay: ['r9.1'] }).answer).toMatchObject([
      { data: { sessionId: 'r1.2', sameDaySessionIds: ['r1.1', 'r9.1'] } },
    ]);
  });

  it('gives the same slot once, and no overlapping one [charter:7.2a]', () => {
    const first = given(request, requested, qualified, booked(1, ordinary.startsAt, ordinary.endsAt));
    first.when(ordinary, facts).then([]);
    first.when(book('2026-06-02 10:30', '2026-06-02 11:30'), facts).then(appointmentOverlaps);
  });
});

describe('an exceptional agreement', () => {
  const agreed = event(ExceptionalSlotAgreed, {
    ...who,
    slotStart: agree.slotStart,
    slotEnd: agree.slotEnd,
    grantedBy: 'lead',
    grantedAs: 'SupportLead',
    grantedAt: at('2026-06-01 09:30'),
    memberAcceptedAt: at('2026-06-01 09:00'),
    acceptanceMode: 'phone',
    reason: 'member-availability',
  });

  it('is granted by the lead or the Director, not by a technician [charter:7.2c]', () => {
    open.when(agree, facts).then([agreed]);
    const { answer } = open.when(agree, { ...facts, actor: actor('dir', 'Director') });
    expect(answer).toMatchObject([{ data: { grantedAs: 'Director', grantedBy: 'dir' } }]);
    open.when(agree, { ...facts, actor: actor('t1', 'Technician') }).then(exceptionNeedsLead);
  });

  it('needs the acceptance of the member [charter:7.2c]', () => {
    const { memberAcceptedAt: _, ...unaccepted } = agree;
    open.when(unaccepted, facts).then(exceptionNotAccepted);
  });

  it('comes before the slot [charter:7.2c]', () => {
    open.when(agree, requestFacts('2026-06-06 10:00')).then(exceptionTooLate);
    open.when(agree, requestFacts('2026-06-06 11:30')).then(exceptionTooLate);
  });

  it('opens its own slot and no other [charter:7.2c] [charter:7.2b]', () => {
    const allowed = given(request, requested, qualified, agreed);
    expect(allowed.when(book('2026-06-06 10:00', '2026-06-06 12:00'), facts).answer).toMatchObject([
      { type: 'AppointmentBooked', data: { exceptional: true } },
    ]);
    allowed.when(book('2026-06-06 10:00', '2026-06-06 12:01'), facts).then({ code: 'slot-too-long' });
    allowed.when(book('2026-06-07 10:00', '2026-06-07 11:00'), facts).then(slotOutsideHours);
  });

  it('is granted once [charter:7.2c]', () => {
    given(request, requested, qualified, agreed).when(agree, facts).then([]);
  });
});

describe('an appointment booked', () => {
  const planned = given(request, requested, qualified, booked(1, ordinary.startsAt, ordinary.endsAt));
  const move: Extract<RequestCommand, { type: 'MoveAppointment' }> = {
    type: 'MoveAppointment',
    requestId: 'r1',
    sessionId: 'r1.1',
    startsAt: at('2026-06-02 10:30'),
    endsAt: at('2026-06-02 11:30'),
  };

  it('moves to a session of its own, which asks for a consent of its own [charter:3.1a]', () => {
    expect(planned.when(move, facts).answer).toMatchObject([
      { type: 'AppointmentCancelled', data: { sessionId: 'r1.1', reason: 'moved' } },
      { type: 'AppointmentBooked', data: { sessionId: 'r1.2', replaces: 'r1.1', technicianId: 't1' } },
    ]);
  });

  it('moves by the same rules as it was booked [charter:7.2b]', () => {
    planned.when({ ...move, endsAt: at('2026-06-02 11:31') }, facts).then(slotTooLong);
  });

  it('is cancelled once, and not after its session began [charter:3.1c]', () => {
    const cancel = { type: 'CancelAppointment', requestId: 'r1', sessionId: 'r1.1', reason: 'member-request' } as const;
    const cancelled = event(AppointmentCancelled, {
      ...who,
      sessionId: 'r1.1',
      reason: 'member-request',
      cancelledAt: facts.now,
    });
    planned.when(cancel, facts).then([cancelled]);
    planned.when(cancel, { ...facts, sessionBegun: true }).then(appointmentBegun);
    const gone = given(request, requested, qualified, booked(1, ordinary.startsAt, ordinary.endsAt), cancelled);
    gone.when(cancel, facts).then([]);
    gone.when(move, facts).then(appointmentCancelled);
  });

  it('comes with advice on how to prepare, once by channel [charter:X.1-3] [charter:3.2b] [charter:2.3b]', () => {
    const advise = { type: 'AdvisePreparation', requestId: 'r1', sessionId: 'r1.1', channel: 'email' } as const;
    const advised = event(PreparationAdvised, { ...who, sessionId: 'r1.1', channel: 'email', at: facts.now });
    planned.when(advise, facts).then([advised]);
    given(request, requested, qualified, booked(1, ordinary.startsAt, ordinary.endsAt), advised)
      .when(advise, facts)
      .then([]);
  });

  it('keeps the request from being declined, closed or qualified otherwise [charter:3.2a]', () => {
    planned.when({ type: 'DeclineRequest', requestId: 'r1', reason: 'other' }, facts).then(appointmentPending);
    planned.when({ type: 'CloseRequest', requestId: 'r1', outcome: 'resolved' }, facts).then(appointmentPending);
  });
});
