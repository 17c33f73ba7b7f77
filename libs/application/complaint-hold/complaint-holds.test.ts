import type { LocalDate } from '#kernel/time.js';
import type { Alarm } from '../projection/reports.js';
import { time } from '../retention/retention-story.test-data.js';
import { runRetention } from '../retention/run-retention.js';
import type { Temoin } from '../temoin.js';
import { startComplaintHolds } from './complaint-holds.js';
import { openDispute } from './dispute-story.test-data.js';
import { holdBeforeFiling } from './hold-before-filing.js';
import { placeComplaintHold } from './place-hold.js';

const ended = '2026-06-02T14:00:00.000Z';
const onAlarm = () => undefined;
const day = (text: string) => text as LocalDate;
const until = async (true_: () => Promise<boolean>) => {
  while (!(await true_())) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('the hold of a filed complaint', () => {
  it('keeps the sessions concerned, their requests and the complaint, nothing else [charter:8.1f] [charter:9.1]', async () => {
    const dispute = await openDispute('2026-06-08T08:00:00.000Z');
    await dispute.session('m1', 'r1.1', ended);
    await dispute.session('m1', 'r2.1', ended);
    await dispute.file('c1', ['r1.1']);
    await placeComplaintHold(dispute.temoin, { complaintId: 'c1', opening: 1 });
    const { holds } = await dispute.custody();
    expect(holds).toMatchObject([
      { holdId: 'c1.h1', ground: 'complaint', cells: ['m1/session:r1.1', 'm1/request:r1', 'm1/complaint:c1'] },
    ]);
    await dispute.temoin.close();
  });

  it('is placed by whoever follows the log: what was filed before, what is filed now, what is reopened', async () => {
    const dispute = await openDispute('2026-06-08T08:00:00.000Z');
    await dispute.session('m1', 'r1.1', ended);
    await dispute.file('c1', ['r1.1']);
    const holds = startComplaintHolds({ temoin: dispute.temoin, onAlarm });
    await until(async () => (await dispute.holdsPlaced()).length === 1);
    await dispute.file('c2', ['r1.1']);
    await until(async () => (await dispute.holdsPlaced()).length === 2);
    await dispute.complain({
      type: 'WithdrawComplaint',
      complaintId: 'c1',
      withdrawnAt: dispute.temoin.clock.now(),
      channel: 'phone',
    });
    await dispute.complain({ type: 'ReopenComplaint', complaintId: 'c1', newFact: 'Un fait nouveau.' });
    await until(async () => (await dispute.holdsPlaced()).length === 3);
    expect(await dispute.holdsPlaced()).toEqual(['c1.h1', 'c2.h1', 'c1.h2']);
    await holds.stop();
    await dispute.temoin.close();
  });

  it('is placed once, however many processes, restarts and requests place it; released, it is not placed again', async () => {
    const dispute = await openDispute('2026-06-08T08:00:00.000Z');
    await dispute.session('m1', 'r1.1', ended);
    await dispute.file('c1', ['r1.1']);
    const processes = [1, 2, 3].map(() => startComplaintHolds({ temoin: dispute.temoin, onAlarm }));
    await Promise.all([
      ...processes.map((one) => one.settled()),
      placeComplaintHold(dispute.temoin, { complaintId: 'c1', opening: 1 }),
    ]);
    await dispute.temoin.execute({
      commandId: dispute.temoin.ids.freshCommandId(),
      actor: 'd1',
      actorRoles: ['Director'],
      stream: 'custody-m1',
      command: { type: 'ReleaseLegalHold', memberId: 'm1', holdId: 'c1.h1', reason: 'dispute-closed' } as {
        type: string;
      },
    });
    const again = startComplaintHolds({ temoin: dispute.temoin, onAlarm });
    await again.settled();
    expect(await dispute.holdsPlaced()).toEqual(['c1.h1']);
    expect((await dispute.custody()).holds).toMatchObject([{ released: true }]);
    await Promise.all([...processes, again].map((one) => one.stop()));
    await dispute.temoin.close();
  });

  it('that a fault keeps from being placed alarms, holds no other up, and comes later', async () => {
    const dispute = await openDispute('2026-06-08T08:00:00.000Z');
    await dispute.file('c1', []);
    await dispute.file('c2', []);
    let broken = true;
    const temoin: Temoin = {
      ...dispute.temoin,
      execute: (envelope) =>
        broken && JSON.stringify(envelope.command).includes('c1.h1')
          ? Promise.reject(Object.assign(new Error('no'), { code: 'unavailable' }))
          : dispute.temoin.execute(envelope),
    };
    const alarms: Alarm[] = [];
    const backoff = { firstMs: 5, mostMs: 20 };
    const holds = startComplaintHolds({ temoin, onAlarm: (alarm) => alarms.push(alarm), backoff });
    await until(async () => (await dispute.holdsPlaced()).join() === 'c2.h1' && alarms.length > 1);
    await expect(holds.settled()).rejects.toMatchObject({ code: 'unavailable' });
    broken = false;
    await until(async () => (await dispute.holdsPlaced()).join() === 'c2.h1,c1.h1');
    await holds.settled();
    expect(alarms[0]).toMatchObject({ kind: 'hold-not-placed', complaintId: 'c1', code: 'unavailable' });
    await holds.stop();
    await dispute.temoin.close();
  });
});

describe('a complaint against the night', () => {
  it('on the last day before the purge keeps the journal, with all that lies in it [charter:8.1f] [charter:9.3]', async () => {
    const dispute = await openDispute('2027-06-02T21:59:59.000Z');
    await dispute.session('m1', 'r1.1', ended);
    const holds = startComplaintHolds({ temoin: dispute.temoin, onAlarm });
    await dispute.file('c1', ['r1.1']);
    await holds.settled();
    dispute.moveTo('2027-06-02T22:00:01.000Z');
    expect(await runRetention(dispute.options(), day('2027-06-03'))).toMatchObject({ destroyed: 0, held: 2 });
    expect([await dispute.opens('session-r1.1'), await dispute.opens('request-r1')]).toEqual(['present', 'present']);
    await holds.stop();
    await dispute.temoin.close();
  });

  it('filed while the run works is held when it came first, and told as too late when it came second', async () => {
    for (const first of ['hold', 'condemn'] as const) {
      const dispute = await openDispute('2027-06-03T01:00:00.000Z');
      await dispute.session('m1', 'r1.1', ended);
      const fileAndHold = async () => {
        await dispute.file('c1', ['r1.1']);
        await placeComplaintHold(dispute.temoin, { complaintId: 'c1', opening: 1 });
      };
      const onStep = async (step: string) => {
        if (step === (first === 'hold' ? 'condemn' : 'carry-out')) await fileAndHold();
      };
      const report = await runRetention(dispute.options({ onStep }), day('2027-06-03'));
      expect(report).toMatchObject(first === 'hold' ? { destroyed: 0, held: 2 } : { destroyed: 2, held: 0 });
      expect(await dispute.opens('session-r1.1')).toBe(first === 'hold' ? 'present' : 'erased');
      expect(await tooLateOf(dispute.temoin)).toEqual(first === 'hold' ? [] : ['m1/session:r1.1', 'm1/request:r1']);
      expect(await dispute.opens('complaint-c1')).toBe('present');
      await dispute.temoin.close();
    }
  });

  it('at the very same moment ends in one of the two, never in between', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const dispute = await openDispute('2027-06-03T01:00:00.000Z');
      await dispute.session('m1', 'r1.1', ended);
      await dispute.file('c1', ['r1.1']);
      const turn = async () => {
        for (let wait = 0; wait < round % 6; wait += 1) await new Promise((resolve) => setImmediate(resolve));
      };
      const place = turn().then(() => placeComplaintHold(dispute.temoin, { complaintId: 'c1', opening: 1 }));
      const [report] = await Promise.all([runRetention(dispute.options(), day('2027-06-03')), place]);
      const late = await tooLateOf(dispute.temoin);
      expect(report.destroyed).toBe(late.length);
      expect(await dispute.opens('session-r1.1')).toBe(late.length === 0 ? 'present' : 'erased');
      seen.add(late.length === 0 ? 'held' : 'late');
      await dispute.temoin.close();
    }
    expect(seen.size).toBeGreaterThan(0);
  });

  it('filed the moment that the run begins is held before it: no run comes between [charter:8.1f]', async () => {
    const dispute = await openDispute('2027-06-02T21:59:59.999Z');
    await dispute.session('m1', 'r1.1', ended);
    const filing = { complaintId: 'c1', memberId: 'm1', sessionIds: ['r1.1'] };
    expect(await holdBeforeFiling(dispute.temoin, time, filing)).toMatchObject({ memberId: 'm1' });
    dispute.moveTo('2027-06-02T22:00:00.000Z');
    expect(await runRetention(dispute.options(), day('2027-06-03'))).toMatchObject({ destroyed: 0, held: 2 });
    await dispute.file('c1', ['r1.1']);
    expect(await dispute.opens('session-r1.1')).toBe('present');
    expect(await holdBeforeFiling(dispute.temoin, time, filing)).toBeUndefined();
    await dispute.temoin.close();
  });

  it('needs no hold beforehand while no run can take anything', async () => {
    const dispute = await openDispute('2027-06-01T21:59:00.000Z');
    await dispute.session('m1', 'r1.1', '2026-06-03T14:00:00.000Z');
    const filing = { complaintId: 'c1', memberId: 'm1', sessionIds: ['r1.1'] };
    expect(await holdBeforeFiling(dispute.temoin, time, filing)).toBeUndefined();
    expect(await holdBeforeFiling(dispute.temoin, time, { ...filing, memberId: 'm2' })).toBeUndefined();
    expect(await dispute.holdsPlaced()).toEqual([]);
    await dispute.temoin.close();
  });

  it('of its own is kept a year from its end, once its hold is released [charter:4.4c] [charter:8.1f]', async () => {
    const dispute = await openDispute('2026-06-08T08:00:00.000Z');
    const purge = async (now: string, on: string) => {
      dispute.moveTo(now);
      await runRetention(dispute.options(), day(on));
      return dispute.opens('complaint-c1');
    };
    await dispute.file('c1', []);
    await placeComplaintHold(dispute.temoin, { complaintId: 'c1', opening: 1 });
    expect(await purge('2028-06-09T01:00:00.000Z', '2028-06-09')).toBe('present');
    const withdrawnAt = dispute.temoin.clock.now();
    await dispute.complain({ type: 'WithdrawComplaint', complaintId: 'c1', withdrawnAt, channel: 'phone' });
    expect(await purge('2029-06-10T01:00:00.000Z', '2029-06-10')).toBe('present');
    await release(dispute, 'c1.h1');
    expect(await purge('2029-06-11T01:00:00.000Z', '2029-06-11')).toBe('erased');
    await dispute.temoin.close();
  });

  it('two on one session: it stays until both holds are released [charter:8.1f]', async () => {
    const dispute = await openDispute('2026-06-08T08:00:00.000Z');
    await dispute.session('m1', 'r1.1', ended);
    for (const complaintId of ['c1', 'c2']) {
      await dispute.file(complaintId, ['r1.1']);
      await placeComplaintHold(dispute.temoin, { complaintId, opening: 1 });
    }
    await release(dispute, 'c1.h1');
    dispute.moveTo('2027-06-03T01:00:00.000Z');
    expect(await runRetention(dispute.options(), day('2027-06-03'))).toMatchObject({ destroyed: 0, held: 2 });
    await release(dispute, 'c2.h1');
    dispute.moveTo('2027-06-04T01:00:00.000Z');
    expect(await runRetention(dispute.options(), day('2027-06-04'))).toMatchObject({ destroyed: 2, held: 0 });
    await dispute.temoin.close();
  });
});

const release = ({ temoin }: Pick<Awaited<ReturnType<typeof openDispute>>, 'temoin'>, holdId: string) =>
  temoin.execute({
    commandId: temoin.ids.freshCommandId(),
    actor: 'd1',
    actorRoles: ['Director'],
    stream: 'custody-m1',
    command: { type: 'ReleaseLegalHold', memberId: 'm1', holdId, reason: 'dispute-closed' } as { type: string },
  });

async function tooLateOf(temoin: Temoin): Promise<readonly string[]> {
  for await (const stored of temoin.eventStore.readStream('custody-m1'))
    if (stored.type === 'LegalHoldPlaced') return temoin.decode(stored).data.tooLate as readonly string[];
  return ['no hold'];
}
