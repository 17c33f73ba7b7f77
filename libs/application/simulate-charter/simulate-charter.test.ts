import { openDispute } from '#application/complaint-hold/dispute-story.test-data.js';
import { time } from '#application/retention/retention-story.test-data.js';
import { type CharterParameters, fallbackParameters } from '#domain/charter/parameters.js';
import type { LocalDate } from '#kernel/time.js';
import { appointmentsView } from '#views/appointments.js';
import { complaintsView } from '#views/complaints.js';
import { journalView } from '#views/journal.js';
import { periodOf } from './period.js';
import { simulateCharter, simulatedViews } from './simulate-charter.js';

const year = { from: '2026-01-01' as LocalDate, to: '2026-12-31' as LocalDate };

/** A session of Tuesday 2 June 2026, 15:30 to 16:00 in Paris, complained of six days later. */
async function played(change: Partial<CharterParameters>, period = year) {
  const dispute = await openDispute('2026-06-08T08:00:00.000Z', [journalView, appointmentsView, complaintsView]);
  const { temoin } = dispute;
  await dispute.session('m1', 'r1.1', '2026-06-02T14:00:00.000Z');
  await dispute.file('c1', ['r1.1']);
  const head = (await temoin.eventStore.head()) ?? '';
  for (const view of simulatedViews) await temoin.waitFor(view, head, 600_000);
  const found = await simulateCharter(temoin, time, { ...fallbackParameters, ...change }, period);
  expect(await temoin.eventStore.head()).toBe(head);
  await temoin.close();
  return found;
}

describe('a period played again under another charter', () => {
  it('comes out the same under the same values', async () => {
    const found = await played({});
    expect(found).toMatchObject({ examined: { sessions: 1, complaints: 1 }, differences: [] });
  });

  it.each([
    [{ sessionMinutes: 29 }, 'session', [], ['overrun']],
    [{ closesAt: '15:59' }, 'session', [], ['out-of-hours']],
    [{ openingDays: [1, 3] }, 'session', [], ['out-of-hours']],
    [{ journalRetentionMonths: 6 }, 'purge', ['2027-06-03'], ['2026-12-03']],
  ] as const)(
    'with %j: a %s is told, as it was and as it would be [charter:10.2]',
    async (change, kind, before, after) => {
      const { differences } = await played(change);
      expect(differences).toEqual([{ kind, id: 'r1.1', day: '2026-06-02', before, after }]);
    },
  );

  it('tells complaints that would have been late, with their last day [charter:9.1]', async () => {
    const { differences } = await played({ complaintWindowDays: 3 });
    expect(differences).toEqual([
      {
        kind: 'complaint',
        id: 'c1',
        day: '2026-06-08',
        before: expect.arrayContaining(['prompt-complaint r1.1 in-time 2026-06-10']),
        after: expect.arrayContaining(['prompt-complaint r1.1 late 2026-06-05']),
      },
    ]);
  });

  it('looks at nothing outside its days', async () => {
    const before = { from: '2026-01-01' as LocalDate, to: '2026-06-01' as LocalDate };
    expect(await played({ sessionMinutes: 1 }, before)).toMatchObject({ examined: { sessions: 0 }, differences: [] });
  });
});

describe('a period in words', () => {
  it('is two days, the first not after the last', () => {
    expect(periodOf('2026-01-01..2026-12-31')).toEqual(year);
    for (const text of [
      '',
      '2026-01-01',
      '2026-02-30..2026-03-01',
      '2026-02-02..2026-02-01',
      '2026-01-01..2026-02-01..x',
    ])
      expect(periodOf(text)).toBeUndefined();
  });
});
