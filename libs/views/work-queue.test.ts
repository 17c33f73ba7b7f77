import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { ClosureDeclared } from '#domain/calendar/events.js';
import { CellsDestroyed } from '#domain/custody/events.js';
import { FollowUpAnswered, FollowUpAsked } from '#domain/session/events-journal.js';
import {
  ConfidentialityUndertakingSigned,
  OfficeHolderAppointed,
  StaffRegistered,
  TechnicianAuthorised,
} from '#domain/staff/events.js';
import { type AnyEvent, event } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { listAppointments } from './appointments.js';
import * as story from './example-story.test-data.js';
import { setUp } from './example-views.test-data.js';
import { workQueue } from './work-queue.js';

const { SESSION, at, day } = story;
const civilTime = frenchCivilTime();

describe('the work queue', () => {
  it('shows what waits today: appointment, missing consent, session to close, deviation, open credential', async () => {
    const { deps, session, tell, see } = await setUp();
    const booked = story.requestEventsOfStory[2];
    if (booked === undefined) throw new TypeError('the story lost its booking');
    const second = {
      ...booked,
      data: { ...booked.data, sessionId: 'r1.2', startsAt: at('12:00'), endsAt: at('13:00') },
    };
    await see(await tell('request-r1', at('06:40'), second));
    await session(at('08:00'), story.started, ...story.sessionAfterStart);
    const queue = await workQueue({ ...deps(at('10:00')), civilTime });
    expect(queue.appointmentsToday).toMatchObject({ total: 2, items: [{ sessionId: 'r1.1' }, { sessionId: 'r1.2' }] });
    expect(queue.consentsMissing).toMatchObject({ total: 1, items: [{ sessionId: 'r1.2' }] });
    expect(queue.sessionsToClose).toMatchObject({ total: 1, items: [{ sessionId: 'r1.1' }] });
    expect(queue.deviationsToReview.total).toBe(2);
    expect(queue.credentialsOpen).toMatchObject({ total: 1, items: [{ method: 'temporary-password' }] });
    await session(at('10:05'), ...story.closing);
    const later = await workQueue({ ...deps(at('10:10')), civilTime });
    expect([later.sessionsToClose.total, later.deviationsToReview.total, later.credentialsOpen.total]).toEqual([
      0, 1, 0,
    ]);
  });

  it('lists appointments of a day in Europe/Paris', async () => {
    const { deps } = await setUp();
    expect((await listAppointments(deps(), { day: day('2026-06-02') })).items).toHaveLength(1);
    expect((await listAppointments(deps(), { day: day('2026-06-03') })).items).toEqual([]);
  });

  it('says until when a deviation waits for its comment: five working days, closing days left out', async () => {
    const { deps, session, tell, see } = await setUp();
    await session(at('08:00'), story.started, ...story.sessionAfterStart);
    const queue = async (now: string) => workQueue({ ...deps(now), civilTime });
    expect((await queue('2026-06-09T21:00:00.000Z')).deviationsToReview.items[0]).toMatchObject({
      code: 'outside-scope',
      dueOn: '2026-06-09',
      late: false,
    });
    expect((await queue('2026-06-09T22:30:00.000Z')).deviationsToReview.items[0]?.late).toBe(true);
    const closed = { closureId: 'c1', from: day('2026-06-04'), to: day('2026-06-05'), label: 'Pont' };
    await see(await tell('calendar-association', at('11:00'), event(ClosureDeclared, closed)));
    expect((await queue('2026-06-09T22:30:00.000Z')).deviationsToReview.items[0]).toMatchObject({
      dueOn: '2026-06-11',
      late: false,
    });
  });

  it('shows follow-ups from the day after on, asked or not, until they are answered [charter:X.7-9]', async () => {
    const { deps, session } = await setUp();
    await session(at('08:00'), story.started, ...story.sessionAfterStart, ...story.closing);
    const followUps = async (now: string) => (await workQueue({ ...deps(now), civilTime })).followUps.items;
    expect(await followUps(at('18:00'))).toEqual([]);
    const wednesday = '2026-06-03T08:00:00.000Z';
    expect(await followUps(wednesday)).toEqual([expect.objectContaining({ sessionId: SESSION, state: 'due' })]);
    const who = { sessionId: SESSION, memberId: 'm1' };
    const asked = { ...who, at: wednesday as Instant, channel: 'phone' as const, reminder: false };
    await session(wednesday, event(FollowUpAsked, asked));
    expect(await followUps('2026-06-04T08:00:00.000Z')).toEqual([
      expect.objectContaining({ state: 'asked', reminded: false }),
    ]);
    const answers = { passwordsChanged: 'yes' as const, computerWorks: 'yes' as const, adviceNoted: true };
    const thursday = '2026-06-04T09:00:00.000Z';
    await session(thursday, event(FollowUpAnswered, { ...who, at: thursday as Instant, ...answers }));
    expect(await followUps('2026-06-05T08:00:00.000Z')).toEqual([]);
  });

  it.each(['before', 'after'])(
    'asks nobody about a session destroyed %s it was closed [charter:X.7-9] [charter:4.3]',
    async (when) => {
      const { deps, session, tell, see } = await setUp();
      const cells = [{ cell: `m1/session:${SESSION}` }];
      const gone = event(CellsDestroyed, { memberId: 'm1', destructionId: 'd1', cells, destroyedAt: at('18:00') });
      const destroy = async () => see(await tell('custody-m1', at('18:00'), gone));
      await session(at('08:00'), story.started, ...story.sessionAfterStart);
      if (when === 'before') await destroy();
      await session(at('10:05'), ...story.closing);
      if (when === 'after') await destroy();
      const queue = await workQueue({ ...deps('2026-06-03T08:00:00.000Z'), civilTime });
      for (const part of [queue.followUps, queue.sessionsToClose, queue.deviationsToReview, queue.credentialsOpen])
        expect(part).toEqual({ items: [], total: 0 });
    },
  );

  it('names the offices that nobody holds or several do, and undertakings to renew [charter:11a-c] [charter:5.2]', async () => {
    const { deps, tell, see } = await setUp();
    const duties = async (now = at('12:00')) => (await workQueue({ ...deps(now), civilTime })).association;
    expect((await duties()).offices.map((one) => [one.office, one.state])).toEqual([
      ['president', 'vacant'],
      ['director', 'vacant'],
      ['support-lead', 'vacant'],
    ]);
    const from = day('2026-01-05');
    const appointed = (staffId: string, office: 'president' | 'director' | 'support-lead', until?: string) =>
      event(OfficeHolderAppointed, { staffId, office, from, ...(until === undefined ? {} : { until: day(until) }) });
    const person = (staffId: string, ...events: readonly AnyEvent[]) =>
      tell(`staff-${staffId}`, at('07:00'), event(StaffRegistered, { staffId, name: 'Personne Inventée' }), ...events);
    await see(await person('s1', appointed('s1', 'president'), appointed('s1', 'director')));
    await see(await person('s2', appointed('s2', 'director'), appointed('s2', 'support-lead', '2026-06-30')));
    await see(
      await person(
        's3',
        event(TechnicianAuthorised, { staffId: 's3', from }),
        event(ConfidentialityUndertakingSigned, { staffId: 's3', signedOn: from, charterVersionId: 'v0' }),
      ),
    );
    expect(await duties()).toEqual({
      offices: [{ office: 'director', state: 'several', holders: ['s1', 's2'] }],
      undertakingsToRenew: [{ staffId: 's3', signedOn: from, charterVersionId: 'v0' }],
      insurance: 'missing',
      mediator: 'missing',
    });
    expect((await duties('2026-07-01T08:00:00.000Z' as Instant)).offices).toContainEqual({
      office: 'support-lead',
      state: 'vacant',
      holders: [],
    });
    const renewed = { staffId: 's3', signedOn: day('2026-06-02'), charterVersionId: 'v1' };
    await see(await tell('staff-s3', at('08:00'), event(ConfidentialityUndertakingSigned, renewed)));
    expect((await duties()).undertakingsToRenew).toEqual([]);
  });
});
