import { ClosureDeclared } from '#domain/calendar/events.js';
import * as disputes from '#domain/complaint/complaint-story.fixture.js';
import { LegalHoldPlaced } from '#domain/custody/events.js';
import { RightsRequestReceived } from '#domain/rights/events.js';
import { SessionClosed } from '#domain/session/events-course.js';
import { DeviationFlagged } from '#domain/session/events-deviation.js';
import { OfficeHolderAppointed, StaffRegistered, TechnicianAuthorised } from '#domain/staff/events.js';
import { event } from '#kernel/define-event.js';
import { listDeadlines } from './deadlines.js';
import { NOW, told } from './deadlines.test-data.js';

const { at, day } = disputes;

const deviation = (n: number, serious: boolean) =>
  event(DeviationFlagged, {
    sessionId: 'r1.1',
    memberId: 'm1',
    deviationId: `r1.1-d${n}`,
    code: serious ? 'no-consent' : 'late-recording',
    rule: 'charter:3.1a',
    serious,
    detail: 'entry-recorded-late',
    at: NOW,
  });
const director = [
  event(StaffRegistered, { staffId: 'd1', name: 'Dora Directrice (fictive)' }),
  event(OfficeHolderAppointed, { staffId: 'd1', office: 'director', from: day('2026-01-01') }),
];

const complaintStream = ['complaint-c1', ...disputes.filed()] as const;

describe('what is due', () => {
  it('comes most urgent first, each with its owner, its derivation and how urgent it is [charter:9.1] [charter:9.2]', async () => {
    const deps = await told(at('2026-06-14T12:00:00+02:00'), ['staff-d1', ...director], complaintStream);
    const { items, counts, directorVacant } = await listDeadlines(deps, {});
    expect(items.map(({ clock, owner, urgency, daysLeft }) => [clock, owner, urgency, daysLeft])).toEqual([
      ['complaint-acknowledgement', 'Director', 'soon', 1],
      ['complaint-proposal', 'Director', 'later', 24],
      ['mediator-wait', 'Member', 'later', 55],
      ['mediator-referral', 'Member', 'later', 359],
    ]);
    expect(items[0]?.derivation).toBe(
      '5 jours ouvrables à compter du lendemain du lundi 8 juin → lundi 15 juin 2026, 24 h',
    );
    expect(counts).toEqual({ late: 0, today: 0, soon: 1, later: 3 });
    expect(directorVacant).toBe(false);
  });

  it('is late from the first moment after the last day, and not before', async () => {
    const urgencyAt = async (now: string) =>
      (await listDeadlines(await told(at(now), ['staff-d1', ...director], complaintStream), {})).items[0]?.urgency;
    expect(await urgencyAt('2026-06-15T23:59:59+02:00')).toBe('today');
    expect(await urgencyAt('2026-06-16T00:00:00+02:00')).toBe('late');
  });

  it('of the Director is the President’s while nobody is Director, and says so [charter:11a-c]', async () => {
    const { items, directorVacant } = await listDeadlines(await told(NOW, complaintStream), { owner: 'President' });
    expect(directorVacant).toBe(true);
    expect(items[0]).toMatchObject({ clock: 'complaint-acknowledgement', insteadOf: 'Director' });
    const against = ['complaint-c1', ...disputes.filed({ concernsDirector: true })] as const;
    const concerned = await listDeadlines(await told(NOW, ['staff-d1', ...director], against), { owner: 'President' });
    expect(concerned.items[0]).not.toHaveProperty('insteadOf');
    expect(concerned.items).toHaveLength(2);
  });

  it('holds deviations to comment in five working days, past closing days; serious ones alert [charter:3.1a]', async () => {
    const closed = event(ClosureDeclared, {
      closureId: 'k',
      from: day('2026-06-10'),
      to: day('2026-06-10'),
      label: 'Pont',
    });
    const deps = await told(
      NOW,
      ['session-r1.1', deviation(1, false), deviation(2, true)],
      ['calendar-association', closed],
    );
    const { items } = await listDeadlines(deps, { kind: 'deviation' });
    expect(items).toMatchObject([
      { id: 'r1.1-d1', owner: 'President', insteadOf: 'SupportLead', lastDay: '2026-06-16' },
      { id: 'r1.1-d2', owner: 'President', insteadOf: 'SupportLead', lastDay: '2026-06-16', serious: true },
    ]);
    expect(items[0]).not.toHaveProperty('serious');
  });

  it('of the support lead are the Director’s while nobody is, and say so; nobody at all is warned of [charter:11a-c]', async () => {
    const lead = event(OfficeHolderAppointed, { staffId: 'l1', office: 'support-lead', from: day('2026-01-01') });
    const found = (...more: Parameters<typeof told>[1][]) =>
      told(NOW, ['session-r1.1', deviation(1, false)], ...more).then((deps) => listDeadlines(deps, {}));
    const vacant = await found(['staff-d1', ...director]);
    expect(vacant).toMatchObject({ leadVacant: true, directorVacant: false, presidentVacant: true });
    expect(vacant.items[0]).toMatchObject({ owner: 'Director', insteadOf: 'SupportLead' });
    const held = await found([
      'staff-l1',
      event(StaffRegistered, { staffId: 'l1', name: 'Léa Modèle (fictive)' }),
      lead,
    ]);
    expect(held).toMatchObject({ leadVacant: false, directorVacant: true });
    expect(held.items[0]).toMatchObject({ owner: 'SupportLead' });
    expect(held.items[0]).not.toHaveProperty('insteadOf');
  });

  it('holds rights requests, hold reviews, follow-ups and papers that end', async () => {
    const received = event(RightsRequestReceived, {
      rightsId: 'x1',
      memberId: 'm1',
      kind: 'access',
      channel: 'phone',
      receivedAt: NOW,
      concernsDirector: false,
      dueOn: day('2026-07-08'),
    });
    const hold = event(LegalHoldPlaced, {
      memberId: 'm1',
      holdId: 'h1',
      cells: ['m1/session:r1.1'],
      tooLate: [],
      ground: 'complaint',
      placedAt: NOW,
      reviewOn: day('2026-12-08'),
      outerBound: day('2031-06-08'),
    });
    const closing = event(SessionClosed, {
      sessionId: 'r1.1',
      memberId: 'm1',
      startedAt: NOW,
      endedAt: NOW,
      segments: [],
      activeMinutes: 0,
      outcome: 'resolved',
      closedAt: NOW,
    });
    const papers = [
      event(StaffRegistered, { staffId: 't1', name: 'Théo Modèle (fictif)' }),
      event(TechnicianAuthorised, { staffId: 't1', from: day('2026-01-01'), until: day('2026-06-30') }),
    ];
    const deps = await told(
      NOW,
      ['rights-x1', received],
      ['custody-m1', hold],
      ['session-r1.1', closing],
      ['staff-t1', ...papers],
    );
    const { items } = await listDeadlines(deps, {});
    expect(items.map(({ kind, clock, lastDay, derivation }) => [kind, clock, lastDay, derivation])).toEqual([
      [
        'follow-up',
        'follow-up',
        '2026-06-09',
        expect.stringContaining('1 jour à compter du lendemain du lundi 8 juin'),
      ],
      ['staff', 'habilitation-end', '2026-06-30', 'dernier jour enregistré, mardi 30 juin 2026, 24 h'],
      ['rights', 'rights-answer', '2026-07-08', expect.stringContaining('1 mois, de date à date')],
      ['hold', 'hold-review', '2026-12-08', expect.stringContaining('6 mois')],
    ]);
    const renewed = event(TechnicianAuthorised, { staffId: 't1', from: day('2026-07-01') });
    const later = await told(NOW, ['staff-t1', ...papers, renewed]);
    expect((await listDeadlines(later, { kind: 'staff' })).items).toEqual([]);
  });

  it('is read page by page without losing or repeating any', async () => {
    const many = Array.from({ length: 7 }, (_, n) => deviation(n + 1, n % 2 === 0));
    const deps = await told(NOW, ['session-r1.1', ...many], complaintStream);
    const whole = (await listDeadlines(deps, {})).items;
    const paged: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await listDeadlines(deps, { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.counts.later + page.counts.soon).toBe(whole.length);
      paged.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole);
  });
});
