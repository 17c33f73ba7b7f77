import { createHash } from 'node:crypto';
import { openDispute } from '#application/complaint-hold/dispute-story.test-data.js';
import { time } from '#application/retention/retention-story.test-data.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { Temoin } from '../temoin.js';
import { makeReport, reportToIssue } from './session-report.js';

const ended = '2026-06-05T14:00:00.000Z';
const source = { asOfRevision: 3, memberRevision: 0, reportVersion: 1 };
const open = async () => {
  const dispute = await openDispute('2026-06-08T08:00:00.000Z');
  await dispute.session('m1', 'r1.1', ended);
  return dispute;
};

describe('a report made from the journal', () => {
  it('has the digest that it had when it was given out, whatever the program looks like since [charter:8.2]', async () => {
    const { temoin } = await open();
    // Where this fails, every report given out until now would answer « differs »: see report-page.ts.
    expect((await makeReport(temoin, time, 'r1.1', source))?.htmlSha256).toBe(
      'e1923a8adeb63b66e0118018da8044a0b8c92f8f6324c7044d63e94fcbf109b8',
    );
    await temoin.close();
  });

  it('is the same page for the same source, whatever is recorded later [charter:8.2]', async () => {
    const { temoin, file } = await open();
    const first = await makeReport(temoin, time, 'r1.1', source);
    expect(first?.htmlSha256).toBe(
      createHash('sha256')
        .update(first?.html ?? '', 'utf8')
        .digest('hex'),
    );
    await file('c1', ['r1.1']);
    expect(await makeReport(temoin, time, 'r1.1', source)).toEqual(first);
    expect((await reportToIssue(temoin, time, 'r1.1'))?.reportVersion).toBe(1);
    expect(await reportToIssue(temoin, time, 'nothing.1')).toBeUndefined();
    await temoin.close();
  });

  it('never shows as erased what only does not open, and says erased what is [charter:8.2]', async () => {
    const { temoin } = await open();
    const unreadable: Temoin = {
      ...temoin,
      async *stream(name, range) {
        for await (const event of temoin.stream(name, range))
          yield { ...event, data: { ...event.data, problem: { state: 'unreadable', fault: 'vault-unavailable' } } };
      },
    };
    await expect(makeReport(unreadable, time, 'r1.1', source)).rejects.toMatchObject({
      code: 'report-unreadable',
      fault: 'vault-unavailable',
    });
    const destroyedAt = '2026-06-08T08:00:00.000Z' as Instant;
    await temoin.vault.destroy('m1/session:r1.1' as CellId, { destroyedAt, proof: 'x' });
    expect((await makeReport(temoin, time, 'r1.1', source))?.text).toContain('(effacé)');
    await temoin.close();
  });
});
