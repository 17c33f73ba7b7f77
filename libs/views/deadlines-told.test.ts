import fc from 'fast-check';
import { ClosureDeclared } from '#domain/calendar/events.js';
import { complaint } from '#domain/complaint/complaint.js';
import * as disputes from '#domain/complaint/complaint-story.fixture.js';
import { LegalHoldPlaced } from '#domain/custody/events.js';
import { IncidentRecorded } from '#domain/incident/events.js';
import { RightsRequestReceived } from '#domain/rights/events.js';
import { event } from '#kernel/define-event.js';
import { plusMilliseconds } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { listDeadlines } from './deadlines.js';
import { NOW, told } from './deadlines.test-data.js';
import { plusDays } from './local-day.js';

const { day } = disputes;
/** One of each kind whose last day was told to somebody, as it was stored then. */
const toldOnce = [
  ['complaint-c1', ...disputes.filed()],
  [
    'rights-x1',
    event(RightsRequestReceived, {
      ...{ rightsId: 'x1', memberId: 'm1', kind: 'access', channel: 'phone', receivedAt: NOW },
      ...{ concernsDirector: false, dueOn: day('2026-07-08') },
    }),
  ],
  [
    'incident-i1',
    event(IncidentRecorded, {
      ...{ incidentId: 'i1', awareAt: NOW, kinds: ['confidentiality'], nature: 'Lettre égarée.' },
      ...{ sessionIds: [], memberIds: [], cells: [], derivation: '72 heures' },
      notifyBefore: plusMilliseconds(NOW, 72 * 3_600_000),
    }),
  ],
  [
    'custody-m1',
    event(LegalHoldPlaced, {
      ...{ memberId: 'm1', holdId: 'h1', cells: ['m1/session:r1.1'], tooLate: [], ground: 'complaint' },
      ...{ placedAt: NOW, reviewOn: day('2026-12-08'), outerBound: day('2031-06-08') },
    }),
  ],
] as const;
const closures = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 400 }), days: fc.integer({ min: 0, max: 30 }) }),
  { maxLength: 6 },
);
const declared = (all: readonly { readonly after: number; readonly days: number }[]) =>
  all.map(({ after, days }, index) => {
    const from = plusDays(day('2026-06-08'), after);
    return event(ClosureDeclared, { closureId: `k${index}`, from, to: plusDays(from, days), label: 'Fermeture' });
  });

describe('a closing declared later', () => {
  it('moves no deadline that was told, whatever it closes [charter:9.1] [charter:9.2]', async () => {
    const lines = async (all: Parameters<typeof declared>[0]) => {
      const deps = await told(NOW, ...toldOnce, ['calendar-association', ...declared(all)]);
      const { items } = await listDeadlines(deps, { limit: 200 });
      return items.map(({ clock, id, lastDay, endsAt, derivation }) => [clock, id, lastDay, endsAt, derivation]);
    };
    const before = await lines([]);
    expect(before.map(([clock]) => clock)).toEqual(
      expect.arrayContaining(['complaint-acknowledgement', 'rights-answer', 'breach-notification', 'hold-review']),
    );
    await fc.assert(
      fc.asyncProperty(closures, async (all) => {
        expect(await lines(all)).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });

  it('counts from the next time that it is told: a reopened complaint’s proposal goes by the calendar of that day', () => {
    const closed = given(complaint, ...disputes.filed());
    const ended = closed.when(
      { type: 'WithdrawComplaint', complaintId: 'c1', withdrawnAt: disputes.now, channel: 'email' },
      disputes.facts(),
    );
    const events = ended.answer as never[];
    const reopen = { type: 'ReopenComplaint', complaintId: 'c1', newFact: 'Un fait nouveau.' } as const;
    const proposalWith = (isClosed: (one: string) => boolean) => {
      const facts = disputes.facts({ calendar: { ...disputes.facts().calendar, isClosed } });
      const { answer } = given(complaint, ...disputes.filed(), ...events).when(reopen, facts);
      return (answer as readonly { readonly data: { readonly clocks: readonly { readonly lastDay: string }[] } }[])[0]
        ?.data.clocks[0]?.lastDay;
    };
    expect(proposalWith(() => false)).toBe('2026-07-08');
    expect(proposalWith((one) => one === '2026-07-08')).toBe('2026-07-09');
  });
});
