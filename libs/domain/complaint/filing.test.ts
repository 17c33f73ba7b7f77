import { isRefusal } from '#kernel/refusal.js';
import { given } from '#testing/given.js';
import { defaultClockSettings } from '../deadlines/clocks.js';
import { complaint } from './complaint.js';
import { at, day, facts, file, filed, refer, session } from './complaint-story.fixture.js';
import type { ComplaintFiled } from './events.js';
import { disputedCells } from './state.js';

type Filed = ReturnType<typeof filed>[number] & { readonly type: typeof ComplaintFiled.type };
const dataOf = (events: ReturnType<typeof filed>) => (events[0] as Filed).data;
const clockOf = (events: ReturnType<typeof filed>, code: string) =>
  dataOf(events).clocks.find((one) => one.clock === code);

describe('the windows for a complaint', () => {
  it.each([
    ['2026-06-02T16:00:00+02:00', '2026-06-10'],
    ['2026-06-05T16:00:00+02:00', '2026-06-15'],
    ['2026-05-06T16:00:00+02:00', '2026-05-15'],
  ])('run from the end of the session, to the letter of the vectors: %s → %s [charter:9.1]', (end, lastDay) => {
    const events = filed({}, { sessions: [{ ...session, endedAt: at(end) }] });
    expect(clockOf(events, 'prompt-complaint')).toMatchObject({ lastDay, sessionId: 'r1.1' });
  });

  it('carry their derivation with them [charter:9.1]', () => {
    expect(clockOf(filed(), 'prompt-complaint')?.derivation).toBe(
      '8 jours à compter du lendemain du vendredi 5 juin → samedi 13 juin, non ouvrable → lundi 15 juin 2026, 24 h',
    );
  });

  it.each([
    ['2026-06-15T23:59:59+02:00', true],
    ['2026-06-16T00:00:00+02:00', false],
  ])('are told, never a bar: received %s, prompt %s [charter:9.1]', (receipt, inTime) => {
    const late = at('2026-06-16T10:00:00+02:00');
    expect(clockOf(filed({ receivedAt: at(receipt) }, { now: late }), 'prompt-complaint')?.inTime).toBe(inTime);
  });

  it('beyond the year are still no bar [charter:9.3]', () => {
    const now = at('2027-06-06T08:00:00+02:00');
    const events = filed({ receivedAt: now, learnedOn: day('2027-06-01') }, { now });
    expect(clockOf(events, 'formal-complaint')).toMatchObject({ lastDay: '2027-06-05', inTime: false });
    expect(dataOf(events).learnedOn).toBe('2027-06-01');
  });

  it('follow the charter version of the session, and a closing day [charter:9.1]', () => {
    const longer = { ...session, parameters: { ...session.parameters, complaintWindowDays: 10 } };
    expect(clockOf(filed({}, { sessions: [longer] }), 'prompt-complaint')?.lastDay).toBe('2026-06-15');
    const closed = { ...facts().calendar, isClosed: (date: string) => date === '2026-06-15' };
    expect(clockOf(filed({}, { calendar: closed }), 'prompt-complaint')).toMatchObject({
      lastDay: '2026-06-16',
      derivation: expect.stringContaining('lundi 15 juin, jour de fermeture'),
    });
  });

  it('run from the day the member learned of it where no session has ended', () => {
    const events = filed({ sessionIds: [] }, { sessions: [] });
    expect(clockOf(events, 'prompt-complaint')).toMatchObject({ lastDay: '2026-06-15' });
    expect(clockOf(events, 'prompt-complaint')).not.toHaveProperty('sessionId');
  });

  it('start the association’s own: five working days, thirty days, then the mediator’s', () => {
    const events = filed();
    expect(clockOf(events, 'complaint-acknowledgement')?.lastDay).toBe('2026-06-15');
    expect(clockOf(events, 'complaint-proposal')?.lastDay).toBe('2026-07-08');
    expect(clockOf(events, 'mediator-wait')?.lastDay).toBe('2026-08-08');
    expect(clockOf(events, 'mediator-referral')?.lastDay).toBe('2027-06-08');
  });

  it('start none of the mediator’s where consumer mediation does not apply, which is the default [charter:6.3]', () => {
    const codes = dataOf(filed({}, { settings: defaultClockSettings })).clocks.map(({ clock }) => clock);
    expect(codes).toEqual(['prompt-complaint', 'formal-complaint', 'complaint-acknowledgement', 'complaint-proposal']);
  });

  it.each(['phone', 'in-person'] as const)(
    'by word of mouth (%s) starts none either: a mediator asks for a written one first, and that is said [charter:6.3]',
    (channel) => {
      const events = filed({ channel });
      expect(clockOf(events, 'mediator-wait')).toBeUndefined();
      expect(dataOf(events).toBeWritten).toBe(true);
      expect(dataOf(filed({ channel }, { settings: defaultClockSettings }))).not.toHaveProperty('toBeWritten');
      const { answer } = given(complaint, ...events).when(refer, facts());
      expect(answer).toEqual([
        expect.objectContaining({ data: expect.objectContaining({ early: true, late: false }) }),
      ]);
    },
  );

  it('follow what the association set itself [charter:9.1]', () => {
    const settings = { ...defaultClockSettings, acknowledgementWorkingDays: 2, proposalDays: 15 };
    const events = filed({}, { settings });
    expect(clockOf(events, 'complaint-acknowledgement')?.lastDay).toBe('2026-06-10');
    expect(clockOf(events, 'complaint-proposal')?.lastDay).toBe('2026-06-23');
  });
});

describe('filing a complaint', () => {
  it('names who ran the sessions among the persons concerned, and sees that one is the Director [charter:9.2]', () => {
    expect(dataOf(filed({ against: ['l1'] }))).toMatchObject({ concerned: ['l1', 't1'], concernsDirector: false });
    expect(dataOf(filed({}, { directors: ['t1'] })).concernsDirector).toBe(true);
  });

  it('twice is once; another one under its id is refused', () => {
    given(complaint, ...filed())
      .when(file, facts())
      .then([]);
    given(complaint, ...filed())
      .when({ ...file, sessionIds: [] }, facts({ sessions: [] }))
      .then({ code: 'complaint-exists' });
  });

  it('needs somebody whose it is, and sessions of that member', () => {
    given(complaint)
      .when(file, facts({ memberKnown: false }))
      .then({ code: 'complaint-member-unknown' });
    for (const memberId of ['m2', undefined])
      given(complaint)
        .when(file, facts({ sessions: [{ ...session, memberId }] }))
        .then({ code: 'complaint-session-unknown' });
    given(complaint)
      .when({ ...file, against: ['nobody'] }, facts())
      .then({ code: 'complaint-staff-unknown' });
  });

  it('cannot come from the future, nor before it was learned of', () => {
    given(complaint)
      .when({ ...file, receivedAt: at('2026-06-08T10:00:01+02:00') }, facts())
      .then({ code: 'date-in-future' });
    given(complaint)
      .when({ ...file, receivedAt: at('2026-06-06T10:00:00+02:00'), learnedOn: day('2026-06-07') }, facts())
      .then({ code: 'complaint-dates-wrong' });
  });

  it('keeps no card number and no password [charter:3.3a]', () => {
    for (const field of ['facts', 'consequences'] as const)
      given(complaint)
        .when({ ...file, [field]: 'Mot de passe : Soleil1975!' }, facts())
        .then({ code: 'secret-must-not-be-noted' });
  });

  it('by somebody erased takes the identity given anew, linked by the receipt alone', () => {
    const { memberId: _, ...byReceipt } = file;
    given(complaint)
      .when(byReceipt, facts({ memberErased: true }))
      .then({ code: 'complaint-identity-missing' });
    const { answer } = given(complaint).when(
      { ...byReceipt, complainant: 'Ève Fictive, à la même adresse' },
      facts({ memberErased: true }),
    );
    expect(isRefusal(answer) ? answer : answer[0]?.data).toMatchObject({
      memberId: 'm1',
      complainant: 'Ève Fictive, à la même adresse',
    });
  });

  it('says in whose place, and that a minor is alone, and refuses neither for that', () => {
    expect(dataOf(filed({}, { minor: true })).minorAlone).toBe(true);
    const guarded = filed({ representativeId: 'g1' }, { minor: true, representativeCapacity: 'guardian' });
    expect(dataOf(guarded)).toMatchObject({ minorAlone: false, representativeId: 'g1', capacity: 'guardian' });
    given(complaint)
      .when({ ...file, representativeId: 'x' }, facts())
      .then({ code: 'complaint-representative-unknown' });
  });

  it('recorded a day after its receipt says so [charter:9.1]', () => {
    expect(dataOf(filed()).recordedLate).toBe(false);
    expect(dataOf(filed({}, { now: at('2026-06-09T10:00:00.001+02:00') })).recordedLate).toBe(true);
  });

  it('disputes its sessions, their requests and itself, nothing else of the member [charter:8.1f]', () => {
    const { state } = given(complaint, ...filed());
    expect(state && disputedCells(state)).toEqual(['m1/session:r1.1', 'm1/request:r1', 'm1/complaint:c1']);
  });
});
