import { openDispute } from '#application/complaint-hold/dispute-story.test-data.js';
import type { ComplaintCommand } from '#domain/complaint/commands.js';
import { complaint } from '#domain/complaint/complaint.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';

const ended = '2026-06-05T14:00:00.000Z';
const open = async () => {
  const dispute = await openDispute('2026-06-08T08:00:00.000Z');
  await dispute.session('m1', 'r1.1', ended);
  return { ...dispute, stateOf: (id: string) => dispute.temoin.reader.state(complaint, id) };
};
type Dispute = Awaited<ReturnType<typeof open>>;

/** The data of the first event of a complaint. */
async function filedAs(dispute: Dispute, complaintId: string): Promise<Readonly<Record<string, unknown>>> {
  for await (const stored of dispute.temoin.eventStore.readStream(`complaint-${complaintId}`))
    return dispute.temoin.decode(stored).data;
  throw new Error('not filed');
}

describe('what a complaint is judged by', () => {
  it('comes from the session’s own stream: its end, who ran it, its charter version [charter:9.1]', async () => {
    const dispute = await open();
    await dispute.session('m1', 'r2.1', ended, 'v6');
    await dispute.file('c1', ['r1.1', 'r2.1']);
    const { sessions, clocks, concerned } = await filedAs(dispute, 'c1');
    expect(sessions).toMatchObject([{ sessionId: 'r1.1', requestId: 'r1', endedAt: ended }, { sessionId: 'r2.1' }]);
    expect((clocks as { lastDay: string }[]).slice(0, 2)).toMatchObject([
      { clock: 'prompt-complaint', sessionId: 'r1.1', inTime: true },
      { clock: 'formal-complaint', sessionId: 'r1.1' },
    ]);
    expect((concerned as string[]).length).toBe(1);
    await dispute.temoin.close();
  });

  it('knows whose it is by the receipt’s session alone, and takes the identity of an erased member anew', async () => {
    const dispute = await open();
    await dispute.temoin.vault.destroy('m1/identity' as CellId, {
      destroyedAt: '2026-06-07T08:00:00.000Z' as Instant,
      proof: 'x',
    });
    const byReceipt = { memberId: undefined } as never;
    await expect(dispute.file('c1', ['r1.1'], byReceipt)).rejects.toThrow('complaint-identity-missing');
    await dispute.file('c1', ['r1.1'], { ...(byReceipt as object), complainant: 'Ève Fictive' });
    expect(await filedAs(dispute, 'c1')).toMatchObject({ memberId: 'm1' });
    expect(await dispute.opens('complaint-c1')).toBe('present');
    await dispute.temoin.close();
  });

  it('refuses a session of somebody else, and one that does not exist', async () => {
    const dispute = await open();
    await dispute.session('m2', 'r9.1', ended);
    await expect(dispute.file('c1', ['r9.1'])).rejects.toThrow('complaint-session-unknown');
    await expect(dispute.file('c1', ['nothing.1'])).rejects.toThrow('complaint-session-unknown');
    await dispute.temoin.close();
  });

  it('finds evidence in the journal by its event’s id, as what it is [charter:6.1b-d]', async () => {
    const dispute = await open();
    await dispute.register('t2');
    await dispute.file('c1', ['r1.1']);
    await dispute.complain({ type: 'OpenInvestigation', complaintId: 'c1', inquirerId: 't2' });
    const consent = await eventIdIn(dispute, 'session-r1.1', 'ConsentGiven');
    const qualify = (kind: 'consent' | 'state-before'): ComplaintCommand => ({
      type: 'QualifyComplaint',
      complaintId: 'c1',
      faultQualification: 'not-established',
      damageType: 'none',
      reasons: 'Rien ne le montre.',
      evidence: [{ kind, sessionId: 'r1.1', eventId: consent }],
    });
    await expect(dispute.complain(qualify('state-before'))).rejects.toThrow('complaint-evidence-unknown');
    await dispute.complain(qualify('consent'));
    expect((await dispute.stateOf('c1'))?.qualified).toBe(true);
    await dispute.temoin.close();
  });

  it('sees that who ran the session is Director today [charter:9.2]', async () => {
    const dispute = await open();
    const [ranBy = ''] = (await (async () => {
      await dispute.file('c0', ['r1.1']);
      return (await dispute.stateOf('c0'))?.concerned;
    })()) ?? [''];
    await dispute.register(ranBy, 'director');
    await dispute.file('c1', ['r1.1']);
    expect([(await dispute.stateOf('c0'))?.concernsDirector, (await dispute.stateOf('c1'))?.concernsDirector]).toEqual([
      false,
      true,
    ]);
    await expect(dispute.complain({ type: 'OpenInvestigation', complaintId: 'c1', inquirerId: ranBy })).rejects.toThrow(
      'complaint-needs-president',
    );
    await dispute.temoin.close();
  });
});

async function eventIdIn({ temoin }: Dispute, stream: string, type: string): Promise<string> {
  for await (const stored of temoin.eventStore.readStream(stream)) if (stored.type === type) return stored.eventId;
  throw new Error(`${type} is not in ${stream}`);
}
